import type { Classical } from '../circuit/classical.js';
import { converted, toClassical } from '../circuit/classical.js';
import type {
  AssignOperation,
  ForOperation,
  IfOperation,
  Operation,
  SwitchOperation,
  WhileOperation,
} from '../circuit/operation.js';
import { LIMITS } from '../limits.js';
import type { CodeItem } from './code.js';
import type { Encoder, Label } from './encode.js';
import { OPCODE } from './opcodes.js';

interface Loop {
  readonly end: Label;
  readonly next: Label;
}

type Structured = AssignOperation | IfOperation | WhileOperation | ForOperation | SwitchOperation;

const label = (): Label => ({ at: 0 });
const whole = (value: number | bigint): CodeItem => ({ op: 'integer', value: BigInt(value) });

/** Writes an assignment, a condition or a loop. */
export function encodeBlock(encoder: Encoder, operation: Operation, loop: Loop | undefined): void {
  const structured = operation as Structured;
  if (structured.kind === 'assign') {
    assign(encoder, structured);
    return;
  }
  encoder.inBlock(() => {
    switch (structured.kind) {
      case 'if':
        condition(encoder, structured, loop);
        return;
      case 'while':
        repeat(encoder, structured);
        return;
      case 'for':
        if ('first' in structured.values) range(encoder, structured, structured.values);
        else listed(encoder, structured, structured.values);
        return;
      case 'switch':
        choose(encoder, structured, loop);
    }
  });
}

function assign(encoder: Encoder, operation: AssignOperation): void {
  const [place] = operation.target.items;
  const value = operation.value.items;
  if (place?.op === 'bit') {
    encoder.emit(operation, 'other', OPCODE.setBit, [place.bit, encoder.code.offset(value)]);
  } else if (place?.op === 'bits') {
    // The value may read the register, so it is kept before any bit changes.
    const kept = encoder.variables.hidden();
    encoder.setHidden(operation, kept, value);
    for (let k = 0; k < place.count; k++) {
      const bit: CodeItem[] = [
        { op: 'hidden', index: kept },
        whole(k),
        { op: 'shiftRight' },
        whole(1),
        { op: 'bitAnd' },
      ];
      encoder.emit(
        operation,
        'other',
        OPCODE.setBit,
        [place.first + k, encoder.code.offset(bit)],
        k === place.count - 1,
      );
    }
  } else {
    encoder.emit(operation, 'other', OPCODE.setVariable, [
      variablePlace(encoder, operation.target),
      encoder.code.offset(value),
    ]);
  }
}

function variablePlace(encoder: Encoder, target: Classical): number {
  const [item] = target.items;
  if (item?.op !== 'variable') throw new TypeError('Only variables have a place.');
  return encoder.variables.place(item.name, item.type);
}

function condition(encoder: Encoder, operation: IfOperation, loop: Loop | undefined): void {
  const otherwise = label();
  const end = label();
  encoder.branch(operation, operation.condition.items, otherwise, 'conditional');
  encoder.list(operation.body, loop);
  if (operation.otherwise.length > 0) encoder.jump(operation, end);
  encoder.place(otherwise);
  encoder.list(operation.otherwise, loop);
  encoder.place(end);
}

function repeat(encoder: Encoder, operation: WhileOperation): void {
  const next = label();
  const end = label();
  const counter = encoder.counters++;
  encoder.emit(operation, 'hidden', OPCODE.loopStart, [counter]);
  encoder.place(next);
  encoder.branch(operation, operation.condition.items, end, 'conditional');
  encoder.emit(operation, 'hidden', OPCODE.loopCount, [counter, operation.max]);
  encoder.list(operation.body, { next, end });
  encoder.jump(operation, next);
  encoder.place(end);
}

/** The loop counts in a variable of its own: what the block writes to the circuit's does not change the rounds. */
function range(
  encoder: Encoder,
  operation: ForOperation,
  values: { first: Classical; last: Classical; step: number },
): void {
  const [at, last] = [encoder.variables.hidden(), encoder.variables.hidden()];
  const counter = encoder.counters++;
  const [next, head, end] = [label(), label(), label()];
  const current: CodeItem = { op: 'hidden', index: at };
  const bound: CodeItem = { op: 'hidden', index: last };
  encoder.setHidden(operation, at, values.first.items);
  encoder.setHidden(operation, last, values.last.items);
  encoder.emit(operation, 'hidden', OPCODE.loopStart, [counter]);
  encoder.place(head);
  const inside: CodeItem[] =
    values.step > 0 ? [current, bound, { op: 'intLe' }] : [bound, current, { op: 'intLe' }];
  encoder.branch(operation, inside, end, 'conditional');
  encoder.emit(operation, 'hidden', OPCODE.loopCount, [counter, LIMITS.loopRounds]);
  const place = variablePlace(encoder, operation.variable);
  const { type } = operation.variable;
  // Wrapping and conversion are appended to what a whole number would need.
  const value = converted(toClassical(0, 'value'), type).items.slice(1);
  encoder.emit(operation, 'hidden', OPCODE.setVariable, [
    place,
    encoder.code.offset([current, ...value]),
  ]);
  encoder.list(operation.body, { next, end });
  encoder.place(next);
  encoder.setHidden(operation, at, [current, whole(values.step), { op: 'intAdd' }]);
  encoder.jump(operation, head);
  encoder.place(end);
}

function listed(encoder: Encoder, operation: ForOperation, values: readonly number[]): void {
  const end = label();
  const place = variablePlace(encoder, operation.variable);
  for (const value of values) {
    const next = label();
    const items = converted(toClassical(value, 'values'), operation.variable.type).items;
    encoder.emit(operation, 'hidden', OPCODE.setVariable, [place, encoder.code.offset(items)]);
    encoder.list(operation.body, { next, end });
    encoder.place(next);
  }
  encoder.place(end);
}

function choose(encoder: Encoder, operation: SwitchOperation, loop: Loop | undefined): void {
  const end = label();
  const kept = encoder.variables.hidden();
  encoder.setHidden(operation, kept, operation.on.items);
  for (const { values, body } of operation.cases) {
    const other = label();
    const tests = values.flatMap((value, k): CodeItem[] => [
      { op: 'hidden', index: kept },
      whole(value),
      { op: 'intEq' },
      ...(k === 0 ? [] : [{ op: 'or' } as const]),
    ]);
    encoder.branch(operation, tests, other, 'conditional');
    encoder.list(body, loop);
    encoder.jump(operation, end);
    encoder.place(other);
  }
  encoder.list(operation.otherwise, loop);
  encoder.place(end);
}
