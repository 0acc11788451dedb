import { param, type Angle } from '../circuit/expression.js';
import { gateRow, nameUnderControls } from '../circuit/gate-table.js';
import type { GateName } from '../circuit/gates.gen.js';
import { GateBody } from './gate-body.js';

/** Gates of `qelib1.inc` that the table knows as a gate under more controls than its own. */
const UNDER_CONTROLS = new Map([
  ['x 3', 'c3x'],
  ['x 4', 'c4x'],
  ['sx 3', 'c3sqrtx'],
  ['u 1', 'cu3'],
]);

const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, k) => `${letter}${k}`);

/**
 * Definitions of the gates that OpenQASM 2 lacks, made from their rows in the gate table as they are asked for, each
 * after those that it calls.
 */
export class Definitions {
  readonly #texts = new Map<string, string>();

  /** The definitions asked for, in an order in which they can be read. */
  get texts(): readonly string[] {
    return [...this.#texts.values()];
  }

  /** The OpenQASM 2 name of a gate under so many controls, defining it if the language has none. */
  name(gate: GateName, controls: number): string {
    const row = gateRow(nameUnderControls(gate, controls));
    const isExact = row.controls === controls;
    if (isExact && row.qasm2 !== '') return row.qasm2;
    const base = nameUnderControls(gate, 0);
    const known = UNDER_CONTROLS.get(`${base} ${controls}`);
    if (known !== undefined) return known;
    const name = isExact ? row.name : `c${controls}${base}`;
    if (!this.#texts.has(name)) this.#define(name, base, controls);
    return name;
  }

  /** Defines a gate under controls; `base` is the member of its family with the fewest controls of its own. */
  #define(name: string, base: GateName, controls: number): void {
    const { params, steps, targets: count } = gateRow(base);
    // A global phase has no qubit, but a definition needs one.
    const targets = numbered('t', count + controls === 0 ? 1 : count);
    const controlNames = numbered('c', controls);
    const body = new GateBody((gate, under) => this.name(gate, under), controlNames, targets);
    const angles = new Map<string, Angle>(params.map((angle) => [angle, param(angle)]));
    if (base === 'p') body.phaseFromParts(angles.get('theta') as Angle);
    else if (base === 'x') body.flipFromPhase();
    else {
      const names = new Map([...angles, ['pi', Math.PI] as const]);
      for (const step of steps) body.step(step, names);
    }
    const list = params.length === 0 ? '' : `(${params.join(', ')})`;
    const head = `gate ${name}${list} ${[...controlNames, ...targets].join(', ')}`;
    this.#texts.set(name, `${head} {\n  ${body.lines.join('\n  ')}\n}`);
  }
}
