// The engine in TypeScript against the compiled CPU engine, both below the public interface: the same states, and
// with a seed the same shots.

import { describe, expect, it } from '@jest/globals';
import { circuit, pauli, qasm, QuantumError, type Circuit } from 'qmlx';
import { typescriptAddon } from '../../lib/engine/addon.js';
import {
  loadAddon,
  type Addon,
  type NativeOutcome,
  type NativeProgram,
  type NativeRequest,
} from '../../lib/native.js';
import { encode } from '../../lib/program/encode.js';
import { nativeObservable } from '../../lib/run/source.js';
import { decisionCircuit, randomDecisions } from '../reference/decisions.js';
import { stateError, withinRandomBounds } from '../reference/errors.js';
import { randomCircuit } from '../reference/random-circuit.js';
import { RandomStream } from '../reference/random.js';
import { simulate } from '../reference/simulator.js';

type Built = Pick<Circuit, 'qubits' | 'bits' | 'parameters' | 'operations' | 'bitRegisters'>;

/** One addon with one CPU engine of its own. */
function engineOf(addon: Addon) {
  const simulator = new addon.NativeSimulator('cpu', { threads: 1 });
  const programOf = (built: Built, stepwise = false): NativeProgram => {
    const made = encode(built, { stepwise });
    const { words, angles, angleCode, code, codeConstants, codeIntegers } = made;
    const { NativeProgram } = addon;
    return new NativeProgram(words, angles, angleCode, code, codeConstants, codeIntegers, stepwise);
  };
  const run = (built: Built, request: NativeRequest): Promise<NativeOutcome> =>
    new Promise((resolve, reject) => {
      simulator.run(programOf(built), request, (error, outcome) => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the engine reported
        if (outcome === undefined) reject(error);
        else resolve(outcome);
      });
    });
  return { simulator, programOf, run };
}

const compiled = engineOf(loadAddon());
const typescript = engineOf(typescriptAddon);
const none = new Float64Array();

function decisions(count: number, salt: number): { built: Circuit; seed: bigint }[] {
  return Array.from({ length: count }, (_, k) => {
    const random = new RandomStream(salt + k);
    const list = randomDecisions(random, 3, 3, random.integer(3, 14));
    return { built: decisionCircuit(3, 3, list), seed: BigInt(k) };
  });
}

/** How many entries of two lists differ. */
function different(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, k) => value !== b[k]).filter(Boolean).length;
}

const PRECISIONS = [
  ['complex64', Float32Array],
  ['complex128', Float64Array],
] as const;

describe('the engine in TypeScript', () => {
  it('gives the states of the reference', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = new RandomStream(4e6 + seed);
      const made = randomCircuit(random, 1 + (seed % 8), random.integer(4, 60));
      const parameters = Float64Array.from(
        made.circuit.parameters,
        (name) => made.params[name] as number,
      );
      const right = simulate(made.qubits, made.calls);
      for (const [precision, Elements] of PRECISIONS) {
        const amplitudes = new Elements(2 * 2 ** made.qubits);
        await typescript.run(made.circuit, { parameters, amplitudes });
        const error = stateError(amplitudes, right);
        expect(withinRandomBounds(error, made.calls.length, precision)).toBe(true);
      }
    }
  });

  it('gives expectation values and marginal probabilities', async () => {
    const built = circuit(4).h(0).cx(0, 1).rx(0.3, 2).ryy(0.7, 1, 3).swap(0, 3).cp(0.4, 2, 0);
    const sum = pauli.sum({ XIYZ: 0.5, ZZII: -1, IYYI: 0.25, YXZX: 2, IIII: 1 });
    const results: number[][] = [];
    for (const engine of [compiled, typescript]) {
      const values = new Float64Array(1);
      const probabilities = new Float64Array(4);
      const observable = nativeObservable(sum.encode());
      const qubits = Uint32Array.of(3, 1);
      await engine.run(built, { parameters: none, observable, values, qubits, probabilities });
      results.push([...values, ...probabilities]);
    }
    results[0]!.forEach((value, k) => expect(results[1]![k]).toBeCloseTo(value, 5));
  });

  it('draws the same shots of circuits that measure at their end', async () => {
    let moved = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = new RandomStream(6e6 + seed);
      const qubits = 1 + (seed % 9);
      const made = randomCircuit(random, qubits, random.integer(4, 60));
      const built = circuit(qubits, qubits).compose(made.circuit).measureAll();
      const parameters = Float64Array.from(built.parameters, (name) => made.params[name] as number);
      const request = { parameters, shots: 500, seed: BigInt(seed) << 33n, perShot: true };
      const [a, b] = [await compiled.run(built, request), await typescript.run(built, request)];
      const keys = [a, b].map(({ keys: packed, shotOutcomes }) =>
        Array.from(shotOutcomes!, (outcome) => {
          const bytes = Math.ceil(qubits / 8);
          return Buffer.from(packed!.subarray(bytes * outcome, bytes * (outcome + 1))).readUIntBE(
            0,
            bytes,
          );
        }),
      );
      moved += different(keys[0]!, keys[1]!);
    }
    expect(moved).toBeLessThanOrEqual(1);
  });

  it('draws the same shots of circuits that decide', async () => {
    for (const { built, seed } of decisions(300, 5e6)) {
      const request = { parameters: none, shots: 50, seed, perShot: true };
      const [a, b] = [await compiled.run(built, request), await typescript.run(built, request)];
      expect([b.keys, b.counts, b.dropped]).toEqual([a.keys, a.counts, a.dropped]);
      expect([...b.shotOutcomes!]).toEqual([...a.shotOutcomes!]);
    }
  });

  it('gives the exact distribution of circuits that decide', async () => {
    for (const { built } of decisions(300, 8e6)) {
      const request = { parameters: none, exact: true };
      const [a, b] = [await compiled.run(built, request), await typescript.run(built, request)];
      expect(b.keys).toEqual(a.keys);
      a.counts!.forEach((weight, k) => expect(b.counts![k]).toBeCloseTo(weight, 5));
    }
  });

  it('rounds floats of 32 bits', async () => {
    const text =
      'OPENQASM 3.1; bit[2] c; float[32] f; float g; c[0] = measure $0; if (!c[0]) { f = 0.1; g = 0.1; } c[1] = f == 0.10000000149011612 && g * 3 != float[32](g * 3);';
    for (const engine of [compiled, typescript]) {
      const { keys } = await engine.run(qasm.parse(text), { parameters: none, exact: true });
      expect([...keys!]).toEqual([0b0100_0000]);
    }
  });

  it('steps through a circuit as the compiled engine does', () => {
    for (const { built, seed } of decisions(100, 9e6)) {
      const walks = [compiled, typescript].map(({ simulator, programOf }) =>
        simulator.createTrajectory(programOf(built, true), none, seed),
      );
      const seen = walks.map((walk) => {
        const steps = [];
        try {
          for (let step = walk.step(); step; step = walk.step()) {
            const { source, outcome, taken, probability } = step;
            steps.push([source, outcome, taken, probability.toFixed(4), [...walk.bits()].join('')]);
          }
        } catch (error) {
          steps.push((error as QuantumError).code);
        }
        return steps;
      });
      expect(seen[1]).toEqual(seen[0]);
    }
  });

  it('runs again the shot that is asked for', async () => {
    for (const { built, seed } of decisions(40, 3e6)) {
      const request = { parameters: none, shots: 10, seed, shot: 3 };
      const states = await Promise.all(
        [compiled, typescript].map(async (engine) => {
          const outcome = await engine
            .run(built, request)
            .catch((error: unknown) => error as { code: string });
          return 'code' in outcome
            ? outcome.code
            : outcome.state!.probabilities(Uint32Array.of(0, 1, 2), new Float64Array(8));
        }),
      );
      if (typeof states[0] === 'string') expect(states[1]).toBe(states[0]);
      else states[0]!.forEach((p, k) => expect((states[1] as Float64Array)[k]).toBeCloseTo(p, 4));
    }
  });

  it('refuses more than 20 qubits and says what to do', async () => {
    const refused = await typescript
      .run(circuit(21).h(0), { parameters: none, keepState: true })
      .catch((error: unknown) => error);
    expect(QuantumError.is(refused, 'ERR_LIMIT') && [refused.maximum, refused.received]).toEqual([
      20, 21,
    ]);
    expect((refused as QuantumError).message).toContain('docs/installing.md');
  });

  it('rejects runs that wait when it is closed', async () => {
    const { simulator, programOf } = engineOf(typescriptAddon);
    const program = programOf(circuit(1).h(0));
    const ended = new Promise((resolve) =>
      simulator.run(program, { parameters: none, keepState: true }, resolve),
    );
    await new Promise<void>((resolve) => simulator.close(resolve));
    expect(await ended).toMatchObject({ code: 'ERR_CANCELLED' });
    expect(() => simulator.runNow(program, none, 1, 0n, 0)).toThrow('disposed');
  });
});
