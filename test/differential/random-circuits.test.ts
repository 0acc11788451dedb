// Random circuits over the whole gate table against the float64 reference, on every engine and in every
// configuration. Each circuit is a test case of its own number: the seed makes it again.

import { describe, expect, it } from '@jest/globals';
import type { Amplitudes, Precision } from 'qmlx';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { stateError, withinRandomBounds, withinRepeatedBound } from '../reference/errors.js';
import { gateCalls } from '../reference/operations.js';
import { RandomStream } from '../reference/random.js';
import { randomCircuit, repeatedGate, type RandomCircuit } from '../reference/random-circuit.js';
import { simulate } from '../reference/simulator.js';
import { configuredEngines } from './engines.js';

const circuits = 2000;
const mostQubits = 12;
const batches = 20;

/** Circuit number `seed`: sizes 1 to 12 in turn, 4 to 80 gates. */
function numbered(seed: number): RandomCircuit {
  const random = new RandomStream(seed);
  return randomCircuit(random, 1 + (seed % mostQubits), random.integer(4, 80));
}

/** The state by the public interface. */
async function publicState(
  { circuit, params }: RandomCircuit,
  precision: Precision,
): Promise<Amplitudes> {
  using state = await circuit.state({ params, precision });
  return state.data;
}

const engines = configuredEngines();
// Each circuit runs through the public interface and in three of the configurations.
const perCircuit = 3;

describe('random circuits', () => {
  it.each(Array.from({ length: batches }, (_, batch) => batch))('batch %d', async (batch) => {
    const failures: unknown[] = [];
    for (let seed = batch; seed < circuits; seed += batches) {
      const made = numbered(seed);
      const expected = simulate(made.qubits, made.calls);
      const gates = made.calls.length;
      const precision: Precision = seed % 4 === 0 ? 'complex128' : 'complex64';
      const results = [{ name: 'public', precision, data: await publicState(made, precision) }];
      for (let k = 0; k < perCircuit; k++) {
        const engine = engines[(seed + k) % engines.length];
        if (engine === undefined) continue;
        const { name, precision } = engine;
        results.push({ name, precision, data: engine.run(made) });
      }
      for (const { name, precision, data } of results) {
        const error = stateError(data, expected);
        if (!withinRandomBounds(error, gates, precision))
          failures.push({ seed, name, gates, ...error });
      }
    }
    expect(failures).toEqual([]);
  });

  it('hold for short runs of one-qubit gates, which the core merges by many rules', () => {
    const rows = GATES.filter(({ controls, targets }) => controls === 0 && targets <= 1);
    const failures: unknown[] = [];
    for (let seed = 0; seed < 2000; seed++) {
      const random = new RandomStream(1e6 + seed);
      const made = randomCircuit(random, 1 + (seed % 2), random.integer(2, 12), { rows });
      const engine = engines[seed % engines.length] as (typeof engines)[number];
      const error = stateError(engine.run(made), simulate(made.qubits, made.calls));
      if (!withinRandomBounds(error, made.calls.length, engine.precision)) {
        failures.push({ seed, engine: engine.name, ...error });
      }
    }
    expect(failures).toEqual([]);
  });

  it('are built by the interface as they were meant', () => {
    for (let seed = 0; seed < 200; seed++) {
      const made = numbered(seed);
      const meant = simulate(made.qubits, made.calls);
      const built = simulate(made.qubits, gateCalls(made.circuit, made.params));
      const data = Array.from(meant.re, (re, k) => [re, meant.im[k] as number]).flat();
      expect(stateError(data, built).l2).toBeLessThanOrEqual(1e-12);
    }
  });

  it('contain every gate of the table, with parameters and with open controls', () => {
    const calls = Array.from({ length: circuits }, (_, seed) => numbered(seed)).flatMap(
      (made) => made.calls,
    );
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(GATES.map(({ name }) => name)));
    const values = calls.flatMap(({ controls = [] }) => controls.map(({ value }) => value));
    expect(new Set(values)).toEqual(new Set([0, 1]));
  });
});

describe('circuits that repeat one gate', () => {
  it.each(GATES.map(({ name }) => name))('%s', (name) => {
    const failures: unknown[] = [];
    for (const times of [1, 10, 100, 500]) {
      const made = repeatedGate(new RandomStream(times), name, 6, times);
      const expected = simulate(made.qubits, made.calls);
      const gates = made.calls.length;
      for (const engine of engines) {
        const error = stateError(engine.run(made), expected);
        if (!withinRepeatedBound(error, gates * engine.growth, engine.precision)) {
          failures.push({ times, engine: engine.name, gates, ...error });
        }
      }
    }
    expect(failures).toEqual([]);
  });
});
