import { QuantumError } from '../errors.js';
import type { NativeBatch, NativeObservable, NativeOutcomes, NativeState } from '../native.js';
import { evolve } from './execution.js';
import { Outcomes } from './outcomes.js';
import { Draws } from './philox.js';
import type { DecodedProgram } from './program.js';
import { Sampler } from './sampler.js';
import type { State } from './state.js';
import { atOnce } from './turns.js';

/** A program that evolves a state at once, and what throws ERR_BUSY while that must wait. */
interface Owner {
  readonly program: DecodedProgram;
  readonly refuseBusy: () => void;
}

/** A state that is handed out; it belongs to a program that evolves it, or is as it is. */
export class EngineState implements NativeState {
  readonly #owner: Owner | undefined;
  #state: State | undefined;

  constructor(state: State, owner?: Owner) {
    this.#state = state;
    this.#owner = owner;
  }

  get #held(): State {
    if (this.#state === undefined) {
      throw new QuantumError('ERR_DISPOSED', 'The state was disposed.');
    }
    this.#owner?.refuseBusy();
    return this.#state;
  }

  evolve(parameters: Float64Array, initial?: Float32Array | Float64Array): void {
    const { program, refuseBusy } = this.#owner as Owner;
    refuseBusy();
    this.#state = atOnce(evolve({ program, parameters, initial })).state;
  }

  amplitudes<Out extends Float32Array | Float64Array>(first: number, out: Out): Out {
    this.#held.read(first, out);
    return out;
  }

  probabilities<Out extends Float64Array>(qubits: Uint32Array, out: Out): Out {
    this.#held.probabilities(qubits, out);
    return out;
  }

  expectation(observable: NativeObservable): number {
    return this.#held.expectation(observable);
  }

  /** Samples the measurements of the program, or every qubit where there is no program. */
  sample(shots: number, seed: bigint): NativeOutcomes {
    const state = this.#held;
    const every = Array.from({ length: state.qubits }, (_, qubit) => ({ a: qubit, b: qubit }));
    const measurements = this.#owner?.program.measurements ?? every;
    const bits = new Uint8Array(this.#owner?.program.bits ?? state.qubits);
    const outcomes = new Outcomes(bits.length);
    const sampler = new Sampler(state, 0);
    const draws = new Draws(seed);
    for (let shot = 0; shot < shots; shot++) {
      const index = sampler.draw(draws, shot);
      for (const { a, b } of measurements) bits[b] = (index >> state.place(a)) & 1;
      outcomes.add(bits, 1);
    }
    return outcomes.finish();
  }

  inner(other: NativeState, out: Float64Array): boolean {
    if (!(other instanceof EngineState)) return false;
    out.set(this.#held.inner(other.#held));
    return true;
  }

  squaredNorm(): number {
    return this.#held.squaredNorm();
  }

  dispose(): void {
    this.#state = undefined;
  }
}

/** States of the rows of a matrix of parameters. */
export class EngineBatch implements NativeBatch {
  #rows: readonly State[] | undefined;

  constructor(rows: readonly State[]) {
    this.#rows = rows;
  }

  get #held(): readonly State[] {
    if (this.#rows === undefined) {
      throw new QuantumError('ERR_DISPOSED', 'The batch was disposed.');
    }
    return this.#rows;
  }

  amplitudes<Out extends Float32Array | Float64Array>(row: number, first: number, out: Out): Out {
    this.#held[row]?.read(first, out);
    return out;
  }

  probabilities(row: number, qubits: Uint32Array, out: Float64Array): Float64Array {
    this.#held[row]?.probabilities(qubits, out);
    return out;
  }

  expectations(observable: NativeObservable, out: Float64Array): Float64Array {
    this.#held.forEach((state, row) => (out[row] = state.expectation(observable)));
    return out;
  }

  dispose(): void {
    this.#rows = undefined;
  }
}
