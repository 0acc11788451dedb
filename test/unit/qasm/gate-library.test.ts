import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { QELIB1, STDGATES } from '../../../lib/qasm/gate-library.js';
import type { Gate } from '../../../lib/qasm/program.js';
import { tryParse } from '../../../lib/qasm/index.js';
import { circuitOf, header2, header3 } from './reading.js';
import { distance, genericState, stateOf, turned } from './states.js';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/qasm/${name}`, import.meta.url), 'utf8');

const published = fixture('qelib1-bodies.qasm');
const angles = [0.7311, -2.1, 1.93, 0.4];

/** One call of a gate on a register of its size, the qubits in reverse order. */
function callOf({ name, angles: count, qubits }: Gate): string {
  const values = count === 0 ? '' : `(${angles.slice(0, count).join(', ')})`;
  const operands = Array.from({ length: qubits }, (_, k) => `q[${qubits - 1 - k}]`);
  return `qreg q[${qubits}]; ${name}${values} ${operands.join(', ')};`;
}

/** By how much the published body turns the phase of the true gate. */
const bodyPhase: Readonly<Record<string, number>> = {
  rz: 0.7311 / 2,
  rzz: 0.7311 / 2,
  rxx: -0.7311 / 2,
  sx: -Math.PI / 4,
  sxdg: Math.PI / 4,
  ch: Math.PI / 4,
};

describe('qelib1.inc', () => {
  it('has the 42 gates of Qiskit', () => {
    const names = [...published.matchAll(/^gate (\w+)/gm)].map(([, name]) => name);
    expect(names).toHaveLength(42);
    expect(QELIB1.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it.each(QELIB1.map((gate) => [gate.name, gate] as const))(
    '%s is its published body',
    (name, gate) => {
      const initial = genericState(gate.qubits);
      const fromTable = stateOf(circuitOf(header2 + callOf(gate)), initial);
      const fromBody = stateOf(circuitOf(published + callOf(gate)), initial);
      expect(distance(fromBody, turned(fromTable, bodyPhase[name] ?? 0))).toBeLessThan(1e-14);
    },
  );
});

describe('stdgates.inc', () => {
  // The file of the specification, its powers and controls worked out: U has the phase exp(i theta/2).
  const definitions: Readonly<Record<string, string>> = {
    p: 'gate g(a) q { U(0, 0, a) q; }',
    phase: 'gate g(a) q { U(0, 0, a) q; }',
    u1: 'gate g(a) q { U(0, 0, a) q; }',
    x: 'gate g q { U(pi, 0, pi) q; gphase(-pi/2); }',
    y: 'gate g q { U(pi, pi/2, pi/2) q; gphase(-pi/2); }',
    z: 'gate g q { U(0, 0, pi) q; }',
    h: 'gate g q { U(pi/2, 0, pi) q; gphase(-pi/4); }',
    s: 'gate g q { U(0, 0, pi/2) q; }',
    sdg: 'gate g q { U(0, 0, -pi/2) q; }',
    t: 'gate g q { U(0, 0, pi/4) q; }',
    tdg: 'gate g q { U(0, 0, -pi/4) q; }',
    sx: 'gate g q { U(pi/2, -pi/2, pi/2) q; }',
    rx: 'gate g(a) q { U(a, -pi/2, pi/2) q; gphase(-a/2); }',
    ry: 'gate g(a) q { U(a, 0, 0) q; gphase(-a/2); }',
    rz: 'gate g(a) q { gphase(-a/2); U(0, 0, a) q; }',
    id: 'gate g q { U(0, 0, 0) q; }',
    u2: 'gate g(a, b) q { gphase(-(a + b + pi/2)/2); U(pi/2, a, b) q; }',
    u3: 'gate g(t, a, b) q { gphase(-(a + b + t)/2); U(t, a, b) q; }',
  };

  it.each(Object.entries(definitions))('%s is its definition', (name, definition) => {
    const gate = STDGATES.find((candidate) => candidate.name === name) as Gate;
    const call = callOf(gate);
    const initial = genericState(gate.qubits);
    const fromTable = stateOf(circuitOf(header3 + call), initial);
    const text = `${header3}${definition} ${call.replace(` ${name}`, ' g')}`;
    expect(distance(stateOf(circuitOf(text), initial), fromTable)).toBeLessThan(1e-14);
  });

  it('has the gates of the specification', () => {
    const rest = 'cx cy cz cp crx cry crz ch swap ccx cswap cu CX cphase'.split(' ');
    expect(STDGATES.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(definitions), ...rest].sort(),
    );
  });

  it('gives U the phase of the specification', () => {
    const plain = stateOf(circuitOf('OPENQASM 2.0; qreg q[1]; U(0.8, 0.1, 0.2) q;'));
    const phased = stateOf(circuitOf('OPENQASM 3.0; qubit q; U(0.8, 0.1, 0.2) q;'));
    expect(distance(phased, turned(plain, 0.4))).toBeLessThan(1e-15);
  });
});

describe("Qiskit's reader", () => {
  const programs = JSON.parse(fixture('programs.json')) as Record<string, string>;
  const { outcomes } = JSON.parse(fixture('expected.json')) as {
    outcomes: Record<string, { refused: true } | { state: [number, number][] }>;
  };

  it.each(Object.keys(programs))('agrees on %s', (name) => {
    const result = tryParse(programs[name] as string);
    const outcome = outcomes[name] as (typeof outcomes)[string];
    if ('refused' in outcome) {
      expect(result.ok).toBe(false);
      return;
    }
    if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
    const state = {
      re: Float64Array.from(outcome.state, ([re]) => re),
      im: Float64Array.from(outcome.state, ([, im]) => im),
    };
    expect(distance(stateOf(result.circuit), state)).toBeLessThan(1e-13);
  });
});
