// What `qmlx bench` measures: circuits of the suite's families, and work on them.

import {
  linspace,
  param,
  pauli,
  type Circuit,
  type Device,
  type GateName,
  circuit,
} from '../index.js';
import * as families from './families.js';
import { buildCircuit, buildCost, type GateList } from './gate-list.js';

/** Where to compute. */
export interface Place {
  readonly device: Device;
  /** Threads of the CPU engine; one for each processor if absent. */
  readonly threads?: number | undefined;
}

/** A piece of work that is ready to be repeated. */
export interface Prepared {
  readonly gates: number;
  /** Passes over the state; `undefined` for work on many states. */
  readonly passes: number | undefined;
  readonly device: string;
  readonly run: () => unknown;
  readonly dispose: () => void;
}

/** A row of the benchmark for a number of qubits. */
export interface Work {
  readonly family: string;
  readonly least: number;
  /** Most qubits of a run that names no sizes: larger ones take minutes. */
  readonly most: number;
  readonly suits: (qubits: number) => boolean;
  readonly prepare: (qubits: number, place: Place) => Prepared;
}

const SHOTS = 100_000;
const POINTS = 1000;

type Family = (qubits: number) => GateList;

const evolving = (family: string, of: Family, more: Partial<Work> = {}): Work => ({
  family,
  least: 2,
  most: Infinity,
  suits: () => true,
  prepare: (qubits, place) => {
    const list = of(qubits);
    const built = buildCircuit(list);
    const cost = list.cost && buildCost(list);
    const program = built.compile(place);
    return {
      gates: built.size,
      passes: passesOf(program.explain()),
      device: program.device,
      run: cost ? () => program.expectationSync(cost) : () => program.runSync(),
      dispose: () => program.dispose(),
    };
  },
  ...more,
});

const sampling = (family: string, of: Family): Work => ({
  ...evolving(family, of),
  most: 24,
  prepare: (qubits, place) => {
    const built = buildCircuit(of(qubits), { measured: true });
    const program = built.compile(place);
    return {
      gates: built.size,
      passes: passesOf(program.explain()),
      device: program.device,
      run: () => program.sampleSync([], { shots: SHOTS, seed: 1 }),
      dispose: () => program.dispose(),
    };
  },
});

/** Values of one parameter for the mean of a sum of ZZ, all in one call. */
const sweeping: Work = {
  family: `sweep of ${POINTS} points`,
  least: 2,
  most: 12,
  suits: () => true,
  prepare: (qubits, place) => {
    const built = sharedAngles(qubits);
    const program = built.compile(place);
    const energy = pauli.sum(
      Array.from({ length: qubits - 1 }, (_, q) => [1, `Z${q} Z${q + 1}`] as const),
      { qubits },
    );
    const sweep = built.sweep({ theta: linspace(0, 2 * Math.PI, POINTS) });
    return {
      gates: built.size,
      passes: undefined,
      device: program.device,
      run: () => sweep.expectation(energy, place),
      dispose: () => program.dispose(),
    };
  },
};

/** The ansatz with one parameter in all of its angles. */
function sharedAngles(qubits: number): Circuit<number, 0, 'theta'> {
  const theta = param('theta');
  const built = circuit(qubits) as Circuit<number, 0, 'theta'>;
  for (const [name, angles, acted] of families.ansatz(qubits).gates) {
    built.gate(
      name as GateName,
      angles.map((angle) => theta.mul(angle)),
      acted,
    );
  }
  return built;
}

/** Every row, in the order of the suite. */
export const WORKS: readonly Work[] = [
  evolving('H on all', families.hLayer, { least: 1 }),
  evolving('QFT', families.qft, { least: 1 }),
  evolving('GHZ', families.ghz),
  evolving('random grid, depth 20', (n) => families.grid(n, 20)),
  evolving('ansatz x5', families.ansatz),
  evolving('quantum volume', families.quantumVolume, { most: 20 }),
  evolving('QAOA p=3 + cost', families.qaoa, { least: 4, suits: (n) => n % 2 === 0 }),
  evolving('TFIM Trotter x10', families.trotter),
  evolving('Grover x3', families.grover),
  sampling('grid + 100k shots', (n) => families.grid(n, 20)),
  sweeping,
];

function passesOf(explanation: string): number | undefined {
  const passes = /(\d+) pass/.exec(explanation)?.[1];
  return passes === undefined ? undefined : Number(passes);
}
