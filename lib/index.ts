import './run/install.js';
import './draw/display-hooks.js';

export { circuit } from './circuit/create.js';
export { Circuit, type ComposeOptions, type ControlledOptions } from './circuit/circuit.js';
export type { GateOptions } from './circuit/circuit-base.js';
export { Classical, type ClassicalOperand } from './circuit/classical.js';
export { bit, reg, variable } from './circuit/classical-values.js';
export type { ClassicalItem, ClassicalType } from './circuit/classical-items.js';
export type { ComplexInput } from './circuit/data-checks.js';
export type { EvolutionOptions } from './circuit/data-methods.js';
export type { LoopRange } from './circuit/dynamic-methods.js';
export type { CompileOptions } from './circuit/executor.js';
export { Expression, param, type Angle, type ParameterValues } from './circuit/expression.js';
export type { GateName } from './circuit/gates.gen.js';
export type { CircuitJSON } from './circuit/json.js';
export type {
  AssignOperation,
  BarrierOperation,
  ControlState,
  DiagonalOperation,
  ExpectBitOperation,
  ForOperation,
  ForRange,
  GateOperation,
  IfOperation,
  InitializeOperation,
  JumpOperation,
  MeasureOperation,
  Operation,
  PauliRotationOperation,
  PermutationOperation,
  PostselectOperation,
  ResetOperation,
  SnapshotOperation,
  SwitchOperation,
  UnitaryOperation,
  WhileOperation,
} from './circuit/operation.js';
export type { BellState, QftOptions } from './circuit/pattern-methods.js';
export type { CircuitShape, Register, RegisterSizes } from './circuit/registers.js';

export type { StepsOptions } from './run/circuits.js';
export { Steps, type Breakpoints } from './run/steps.js';
export type { InitialState } from './run/initial-state.js';
export { calibrate } from './run/calibrate.js';
export type { Calibration, CalibrationStatus } from './run/calibration.js';
export { configure, type Configuration, type Device, type Precision } from './run/settings.js';
export type { CallOptions, Progress, RunOptions } from './run/options.js';
export { StateBatch, type ParameterMatrix } from './run/batch.js';
export { Program, type ProgramRunOptions } from './run/program.js';
export { Simulator, type SimulatorCall, type SimulatorOptions } from './run/simulator.js';
export { linspace, Sweep, type SweepValues } from './run/sweep.js';
export { info, type EngineInformation, type Information } from './run/information.js';
export type { EngineDevice } from './run/engines.js';
export { VERSION } from './native.js';
export { buildAddon } from './libmlx/build-addon.js';
export { buildEngine } from './libmlx/build-engine.js';
export { cleanLibmlx } from './libmlx/clean.js';
export {
  locateLibmlx,
  type LibmlxCandidate,
  type LibmlxLocation,
  type LibmlxPlace,
  type LibmlxStep,
} from './libmlx/search.js';
export {
  ensureLibmlx,
  type EnsureOptions,
  type Libmlx,
  type LibmlxOptions,
} from './libmlx/ensure.js';
export type { LibmlxProgress } from './libmlx/content.js';

export { pauli, PauliSum, type PauliTerm, type PauliTerms } from './observable/pauli.js';
export type { Amplitudes, Complex } from './results/amplitudes.js';
export type { BasisState } from './results/basis.js';
export { Step, type StepCondition, type StepKind } from './results/step.js';
export { ShotMemory } from './results/memory.js';
export { Counts } from './results/counts.js';
export { DensityMatrix } from './results/density.js';
export type { ProbabilityOptions, StateProbability } from './results/likeliest.js';
export { Result, type Timings, type UnmeasuredResult } from './results/result.js';
export { StateVector } from './results/state.js';
export { UnitaryMatrix } from './results/unitary.js';

export { draw, type DrawOptions } from './draw/draw.js';
export type { BarSource } from './draw/bar-data.js';
export type { BarsDrawing, HistogramOptions } from './draw/bars-drawing.js';
export type { DensityOptions } from './draw/density-source.js';
export type { FigureDrawing, FigureOptions } from './draw/figure.js';
export type { StateTable, StateTableOptions } from './draw/state-table.js';
export type { CircuitDrawing } from './draw/circuit-drawing.js';
export type { Drawing } from './draw/drawing.js';
export type { MimeBundle } from './draw/mime.js';
export type { PngOptions } from './draw/png.js';
export type { Theme } from './draw/theme.js';
export * as qasm from './qasm/index.js';

export { QuantumError, type ErrorCode, type ErrorFields } from './errors.js';
export { LIMITS } from './limits.js';
