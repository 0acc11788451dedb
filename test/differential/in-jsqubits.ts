// Gate calls in jsqubits, an npm simulator in float64. Its qubit 0 is the least significant bit of a basis index,
// and angles come last.

import { jsqubits, type State } from 'jsqubits';
import type { GateCall, ReferenceState } from '../reference/simulator.js';

/** Method of jsqubits for each gate that it has; it takes controls, target and angles. */
const methods: Readonly<Record<string, string>> = {
  ...{ x: 'controlledX', y: 'controlledY', z: 'controlledZ', h: 'controlledHadamard' },
  ...{ s: 'controlledS', t: 'controlledT', p: 'controlledR' },
  ...{ rx: 'controlledXRotation', ry: 'controlledYRotation', rz: 'controlledZRotation' },
  ...{ cx: 'controlledX', cy: 'controlledY', cz: 'controlledZ', ch: 'controlledHadamard' },
  ...{ cs: 'controlledS', cp: 'controlledR', ccx: 'controlledX', ccz: 'controlledZ' },
  ...{ crx: 'controlledXRotation', cry: 'controlledYRotation', crz: 'controlledZRotation' },
  ...{ mcx: 'controlledX', mcz: 'controlledZ', mcp: 'controlledR' },
  ...{ swap: 'controlledSwap', cswap: 'controlledSwap' },
};

/** Names of the gates that jsqubits has. */
export const jsqubitsGates: ReadonlySet<string> = new Set(Object.keys(methods));

/** The state after all gates from |0…0⟩, its index in our order. */
export function simulateInJsqubits(qubits: number, calls: Iterable<GateCall>): ReferenceState {
  let state = jsqubits('0'.repeat(qubits));
  for (const call of calls) state = apply(qubits, state, call);
  const re = new Float64Array(2 ** qubits);
  const im = new Float64Array(2 ** qubits);
  for (let index = 0; index < 2 ** qubits; index++) {
    // Bit 0 there is the last qubit here, so the basis index is the same.
    const { real, imaginary } = state.amplitude(index);
    re[index] = real;
    im[index] = imaginary;
  }
  return { re, im };
}

function apply(
  qubits: number,
  state: State,
  { name, angles, qubits: operands, controls = [] }: GateCall,
): State {
  if (controls.some(({ value }) => value === 0)) throw new Error('jsqubits has no open controls.');
  const method = methods[name];
  if (method === undefined) throw new Error(`jsqubits has no gate '${name}'.`);
  const targets = name.endsWith('swap') ? 2 : 1;
  const bits = [...controls.map(({ qubit }) => qubit), ...operands].map(
    (qubit) => qubits - 1 - qubit,
  );
  const own = bits.splice(0, bits.length - targets);
  return state[method]?.(own.length > 0 ? own : null, ...bits, ...angles) as State;
}
