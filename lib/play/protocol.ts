// What the page asks and what it is answered: plain JSON.

import type { Device, Theme } from '../index.js';

/** A circuit to draw. */
export interface CircuitQuestion {
  readonly source: string;
  readonly theme: Theme;
}

/** A circuit to run. */
export interface RunQuestion extends CircuitQuestion {
  readonly params: Readonly<Record<string, number>>;
  readonly device: Device;
  readonly shots: number;
  readonly seed: number;
}

/** A circuit to step through, and the step to look at. */
export interface StepsQuestion extends RunQuestion {
  /** Number of the step, from 0; beyond the end it is the last one. */
  readonly at: number;
}

/** Something found in a text. Offsets count UTF-16 units. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A circuit that could be read, or else why not. */
export interface CircuitAnswer {
  readonly findings: readonly Finding[];
  readonly circuit?: {
    readonly svg: string;
    readonly qubits: number;
    readonly bits: number;
    readonly operations: number;
    readonly parameters: readonly string[];
  };
}

/** What a run gave. */
export interface RunAnswer {
  /** Where it ran and how long it took, in words. */
  readonly summary: string;
  readonly counts?: string;
  /** Of the circuit without its measurements. */
  readonly probabilities?: string;
  readonly bloch?: string;
  /** Why something is missing. */
  readonly notes: readonly string[];
}

/** One step in a list. */
export interface StepLine {
  readonly text: string;
  readonly kind: string;
  /** Of a condition: whether its block follows. */
  readonly taken?: boolean;
}

/** A trajectory and its state after one step. */
export interface StepsAnswer {
  readonly steps: readonly StepLine[];
  /** Whether the trajectory goes on after those steps. */
  readonly more: boolean;
  readonly at: number;
  readonly bits: string;
  readonly state?: string;
  readonly dirac: string;
  /** The circuit with this step's operation marked; absent where it is too large to be drawn for every step. */
  readonly svg?: string;
}

/** What the page can be run on. */
export interface StartAnswer {
  readonly name: string;
  readonly source: string;
  readonly devices: readonly string[];
  readonly version: string;
}

/** Questions by name, each with its answer. */
export interface Questions {
  circuit: { question: CircuitQuestion; answer: CircuitAnswer };
  run: { question: RunQuestion; answer: RunAnswer };
  steps: { question: StepsQuestion; answer: StepsAnswer };
}

/** Names of the questions that the engine answers. */
export type QuestionName = keyof Questions;

/** A header of answers that were asked again, since the engine stopped before it answered. */
export const ASKED_AGAIN = 'x-qmlx-asked-again';

/** A failure as the page shows it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}
