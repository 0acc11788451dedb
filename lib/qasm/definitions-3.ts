import { param, type Angle } from '../circuit/expression.js';
import { gateRow, nameUnderControls } from '../circuit/gate-table.js';
import type { GateName } from '../circuit/gates.gen.js';
import type { ControlState } from '../circuit/operation.js';
import { GateBody } from './gate-body.js';

/** `u` is no gate of OpenQASM 3, whose `U` has a phase of its own. */
const U_DEFINITION =
  'gate u(theta, phi, lambda) t0 {\n  gphase(-theta/2);\n  U(theta, phi, lambda) t0;\n}';

/** A call of a gate under controls: its name with modifiers, and which controls those stand for. */
export interface CallName {
  readonly name: string;
  /** Whether the last control must act on 1, since the named gate has it itself. */
  readonly ownControls: number;
}

/** Runs of equal states as modifiers, such as `ctrl @ negctrl(2) @ `. */
export function controlModifiers(states: readonly ControlState[]): string {
  let text = '';
  for (let at = 0; at < states.length;) {
    let end = at;
    while (states[end] === states[at]) end += 1;
    const word = states[at] === 1 ? 'ctrl' : 'negctrl';
    text += end - at === 1 ? `${word} @ ` : `${word}(${end - at}) @ `;
    at = end;
  }
  return text;
}

/** Definitions of the gates of the table that OpenQASM 3 lacks, as they are asked for, each after those it calls. */
export class Definitions3 {
  readonly #texts = new Map<string, string>();

  get texts(): readonly string[] {
    return [...this.#texts.values()];
  }

  /** The name of a gate under controls, all of which act on 1 where it has a name of its own. */
  call(gate: GateName, states: readonly ControlState[]): CallName {
    const row = gateRow(nameUnderControls(gate, states.length));
    const isPlain = !states.includes(0) && row.controls === states.length;
    if (isPlain && row.qasm3 !== '') return { name: row.qasm3, ownControls: row.controls };
    const base = gateRow(nameUnderControls(gate, 0));
    const extra = states.slice(0, states.length - base.controls);
    return { name: controlModifiers(extra) + this.#base(base.name), ownControls: base.controls };
  }

  /** The name of a gate without further controls, defining it if the language has none. */
  #base(gate: GateName): string {
    const row = gateRow(gate);
    if (row.qasm3 !== '') return row.qasm3;
    if (!this.#texts.has(gate)) this.#define(gate);
    return row.name;
  }

  #define(gate: GateName): void {
    if (gate === 'u') {
      this.#texts.set(gate, U_DEFINITION);
      return;
    }
    const { params, steps, targets: count, name } = gateRow(gate);
    const targets = Array.from({ length: count }, (_, k) => `t${k}`);
    const closed = (controls: number) => Array.from({ length: controls }, () => 1 as const);
    const naming = (inner: GateName, controls: number) => this.call(inner, closed(controls)).name;
    const body = new GateBody(naming, [], targets, true);
    const angles = new Map<string, Angle>(params.map((angle) => [angle, param(angle)]));
    for (const step of steps) body.step(step, new Map([...angles, ['pi', Math.PI] as const]));
    const list = params.length === 0 ? '' : `(${params.join(', ')})`;
    const text = `gate ${name}${list} ${targets.join(', ')} {\n  ${body.lines.join('\n  ')}\n}`;
    this.#texts.set(gate, text);
  }
}

/** The definition that is written for a gate of the table; undefined for other names. */
export function writtenDefinition(gate: GateName): string | undefined {
  const definitions = new Definitions3();
  definitions.call(gate, []);
  return definitions.texts.at(-1);
}
