// Answers the questions of the page: reads, draws, runs and steps through circuits.

import { draw, qasm, QuantumError, type Circuit, type Step } from '../index.js';
import type {
  CircuitAnswer,
  CircuitQuestion,
  Finding,
  QuestionName,
  Questions,
  RunAnswer,
  RunQuestion,
  StepLine,
  StepsAnswer,
  StepsQuestion,
} from './protocol.js';

/** Steps of a trajectory that are listed. */
const MOST_STEPS = 1000;

/** Qubits of the largest circuit to step through: a state for each step that is looked at. */
const MOST_STEPPED_QUBITS = 20;

/** Operations of the largest circuit that is drawn for every step. */
const MOST_REDRAWN = 2000;

/** Characters in a row of the drawing. */
const WIDTH = 110;

/** Qubits whose Bloch vectors are drawn. */
const MOST_SPHERES = 12;

/** Bars of the likeliest outcomes; the others are counted. */
const BARS = 16;

interface Reading {
  readonly source: string;
  readonly circuit: Circuit | undefined;
  readonly findings: readonly Finding[];
}

let last: Reading | undefined;

/** The circuit of a text; the last one is kept, since sliders and steps ask for it again and again. */
function read(source: string): Reading {
  if (last?.source === source) return last;
  const parsed = qasm.tryParse(source);
  const found = parsed.ok ? parsed.warnings : parsed.diagnostics;
  const findings = found.map(({ severity, message, line, offset, length }) => ({
    severity,
    message,
    line,
    from: Math.min(offset, source.length),
    to: Math.min(offset + Math.max(1, length), source.length),
  }));
  last = { source, findings, circuit: parsed.ok ? parsed.circuit : undefined };
  return last;
}

function circuitOf(source: string): Circuit {
  const { circuit, findings } = read(source);
  if (circuit !== undefined) return circuit;
  throw new QuantumError('ERR_QASM_SYNTAX', findings[0]?.message ?? 'The text cannot be read.');
}

function answerCircuit({ source, theme }: CircuitQuestion): CircuitAnswer {
  const { circuit, findings } = read(source);
  if (circuit === undefined) return { findings };
  const { qubits, bits, size: operations, parameters } = circuit;
  const { svg } = draw(circuit, { theme, width: WIDTH });
  return { findings, circuit: { svg, qubits, bits, operations, parameters } };
}

async function answerRun(question: RunQuestion, signal: AbortSignal): Promise<RunAnswer> {
  const { source, theme, device, shots, seed } = question;
  const circuit = circuitOf(source);
  const params = paramsOf(circuit, question);
  const notes: string[] = [];
  const start = performance.now();
  const result = await circuit.run({ shots, seed, device, params, signal });
  const counts =
    result.counts.size === 0 ? {} : { counts: draw.counts(result, { top: BARS, theme }).svg };
  const state = await stateOf(circuit, { ...question, params }, signal, notes);
  const milliseconds = (performance.now() - start).toFixed(1);
  const summary = `${shots} shots on ${result.device}, ${milliseconds} ms`;
  return { summary, ...counts, ...state, notes };
}

/** Pictures of the state before it is measured; where there is none, a note says why. */
async function stateOf(
  circuit: Circuit,
  { device, params, theme }: RunQuestion,
  signal: AbortSignal,
  notes: string[],
): Promise<Pick<RunAnswer, 'probabilities' | 'bloch'>> {
  const unmeasured = circuit.withoutMeasurements();
  const title = 'Probabilities before measurement';
  try {
    const state = await unmeasured.state({ device, params, signal });
    const probabilities = draw.probabilities(state, { top: BARS, theme, title }).svg;
    if (circuit.qubits <= MOST_SPHERES) {
      return { probabilities, bloch: draw.bloch(state, 'all', { theme }).svg };
    }
    state.dispose();
    notes.push(`Bloch vectors are drawn for up to ${MOST_SPHERES} qubits.`);
    return { probabilities };
  } catch (error) {
    if (!QuantumError.is(error) || error.code !== 'ERR_MEASURED') throw error;
    notes.push('This circuit decides as it runs: its states are those of its steps.');
    return {};
  }
}

/** The parameters that the circuit has; the page may know of others that the text had before. */
function paramsOf(circuit: Circuit, { params }: RunQuestion): Record<string, number> {
  return Object.fromEntries(circuit.parameters.map((name) => [name, params[name] ?? 0]));
}

function answerSteps(question: StepsQuestion): StepsAnswer {
  const { source, seed, theme } = question;
  const circuit = circuitOf(source);
  if (circuit.qubits > MOST_STEPPED_QUBITS) {
    throw new QuantumError(
      'ERR_LIMIT',
      `Circuits of up to ${MOST_STEPPED_QUBITS} qubits can be stepped through.`,
    );
  }
  const steps = circuit.steps({ seed, params: paramsOf(circuit, question), device: 'cpu' });
  const bitNames = namesOfBits(circuit, source);
  const listed: StepLine[] = [];
  let shown: Step | undefined;
  let more = false;
  for (const step of steps) {
    if (listed.length === MOST_STEPS) {
      more = true;
      break;
    }
    if (listed.length <= question.at) shown = step;
    listed.push(lineOf(step, bitNames));
  }
  if (shown === undefined) return { steps: [], more, at: 0, bits: '', dirac: '' };
  const { state, bits, index, operation: mark } = shown;
  const redrawn =
    circuit.size > MOST_REDRAWN ? {} : { svg: draw(circuit, { theme, width: WIDTH, mark }).svg };
  return {
    ...redrawn,
    steps: listed,
    more,
    at: index,
    bits: bits.join(''),
    state: draw.phases(state, { theme, title: `After step ${index}` }).svg,
    dirac: state.toDirac({ terms: 16 }),
  };
}

/** The name of every classical bit by the one that conditions have for it: `c[0]` for c0. */
function namesOfBits({ bitRegisters }: Circuit, source: string): ReadonlyMap<string, string> {
  const names = bitRegisters.flatMap(({ name, size }) =>
    Array.from({ length: size }, (_, k) => `${name}[${k}]`),
  );
  // A text may call something else so.
  const taken = new Set(source.match(/\bc\d+\b/g));
  const named = names.map((name, bit) => [`c${bit}`, name] as const);
  return new Map(named.filter(([short]) => !taken.has(short)));
}

function withBitNames(text: string, bitNames: ReadonlyMap<string, string>): string {
  return text.replace(/\bc\d+\b/g, (short) => bitNames.get(short) ?? short);
}

function lineOf(
  { kind, operation, condition, outcome, index }: Step,
  bitNames: ReadonlyMap<string, string>,
): StepLine {
  if (condition !== undefined) {
    const { text, taken } = condition;
    return { text: `${index}  ${operation.kind} ${withBitNames(text, bitNames)}`, kind, taken };
  }
  const name = operation.kind === 'gate' ? operation.gate : operation.kind;
  const qubits = qubitsOf(operation).map((qubit) => `q${qubit}`);
  const bit = 'bit' in operation ? `${withBitNames(`c${operation.bit}`, bitNames)} = ` : '';
  const drawn = outcome === undefined ? '' : ` → ${bit}${outcome}`;
  return { text: `${index}  ${[name, ...qubits].join(' ')}${drawn}`, kind };
}

function qubitsOf(operation: Step['operation']): readonly number[] {
  if ('controls' in operation) return [...operation.controls, ...operation.targets];
  if ('qubit' in operation) return [operation.qubit];
  return 'targets' in operation ? operation.targets : [];
}

/** Answers a question. */
export async function answer<N extends QuestionName>(
  name: N,
  question: Questions[N]['question'],
  signal: AbortSignal,
): Promise<Questions[QuestionName]['answer']> {
  switch (name) {
    case 'circuit':
      return answerCircuit(question);
    case 'run':
      return answerRun(question as RunQuestion, signal);
    default:
      return answerSteps(question as StepsQuestion);
  }
}
