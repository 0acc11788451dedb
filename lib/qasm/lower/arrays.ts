import { LIMITS } from '../../limits.js';
import { quoted } from '../printable.js';
import { Node } from '../tree.js';
import { valueEntry } from './assign.js';
import { checkNew, declaring, filling, initial, startEmpty } from './declarations.js';
import { evaluate, evaluateEntry, scalarTypeOf, sizeOf } from './evaluate.js';
import type { Lowering } from './lowering.js';
import { copyArray, write } from './places.js';
import type { ArrayVariable, Variable } from './symbols.js';
import { type Type, typeText } from './types.js';

/** Elements of the arrays of a program. */
const MOST_ELEMENTS = LIMITS.bits;

/** Refuses more dimensions than the language has. */
export function checkDimensions(lowering: Lowering, node: number, count: number): void {
  if (count > 7) lowering.error(node, 'an array may have up to 7 dimensions');
}

/** `array[type, sizes] name = { … };` */
export function declareArray(lowering: Lowering, node: number, source: number | undefined): void {
  const { tree } = lowering;
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    const { type, shape } = arrayTypeOf(lowering, node + 1);
    const size = shape.reduce((product, length) => product * length, 1);
    if (lowering.elements + size > MOST_ELEMENTS) {
      const total = lowering.elements + size;
      const message = `the arrays of a program may have ${MOST_ELEMENTS} elements; with this one they have ${total}`;
      lowering.exceed(node, message, 'bits', MOST_ELEMENTS, total);
    }
    lowering.elements += size;
    const { name } = lowering.variable(node, tree.name(node), type);
    const elements = Array.from({ length: size }, (_, k): Variable => ({
      kind: 'variable',
      type,
      name: `${name}_${k}`,
      known: undefined,
    }));
    const array: ArrayVariable = { kind: 'array', type, shape, elements, isReadonly: false };
    if (source !== undefined) filling(lowering, node, () => fillArray(lowering, source, array));
    else for (const element of elements) startEmpty(lowering, node, element);
    return array;
  });
}

/** The type of the elements and the sizes of an array. */
export function arrayTypeOf(lowering: Lowering, node: number): { type: Type; shape: number[] } {
  const { tree } = lowering;
  const element = node + 1;
  const type = scalarTypeOf(lowering, element);
  if (
    type.kind === 'bit' ||
    type.kind === 'bits' ||
    type.kind === 'duration' ||
    type.kind === 'stretch'
  ) {
    lowering.error(element, `arrays have no elements of type ${quoted(typeText(type))}`);
  }
  const shape: number[] = [];
  for (let child = tree.extent(element); child < tree.extent(node); child = tree.extent(child)) {
    if (tree.kind(child) !== Node.Expression) break;
    shape.push(sizeOf(lowering, child, evaluate(lowering, child)));
  }
  checkDimensions(lowering, node, shape.length);
  return { type, shape };
}

/** Fills an array from a literal, another array or a part of one. */
function fillArray(lowering: Lowering, node: number, array: ArrayVariable): void {
  const { tree } = lowering;
  if (tree.kind(node) !== Node.ArrayLiteral) {
    copyArray(lowering, node, array, valueEntry(lowering, node));
    return;
  }
  let elements: ArrayVariable[] = [array];
  let nodes = [node];
  // Level by level, so that nothing recurses.
  for (const size of array.shape) {
    const inner = nodes.map((literal) => valuesOf(lowering, literal, size));
    elements = elements.flatMap((whole) =>
      Array.from({ length: size }, (_, k): ArrayVariable => {
        const [, ...rest] = whole.shape;
        const count = rest.reduce((product, length) => product * length, 1);
        return {
          ...whole,
          shape: rest,
          elements: whole.elements.slice(k * count, (k + 1) * count),
        };
      }),
    );
    nodes = inner.flat();
    if (nodes.every((child) => tree.kind(child) === Node.Expression)) break;
  }
  nodes.forEach((child, k) => fillPart(lowering, child, elements[k] as ArrayVariable));
}

function fillPart(lowering: Lowering, node: number, part: ArrayVariable): void {
  if (lowering.tree.kind(node) === Node.ArrayLiteral) {
    lowering.error(node, 'these braces lie deeper than the array has dimensions');
  }
  const [only] = part.elements;
  if (part.shape.length === 0)
    write(lowering, node, only as Variable, initial(lowering, node, part.type));
  else copyArray(lowering, node, part, evaluateEntry(lowering, node));
}

function valuesOf(lowering: Lowering, node: number, size: number): number[] {
  const { tree } = lowering;
  if (tree.kind(node) !== Node.ArrayLiteral) {
    return lowering.error(node, 'rows in braces and others cannot be mixed');
  }
  const nodes: number[] = [];
  for (let child = node + 1; child < tree.extent(node); child = tree.extent(child))
    nodes.push(child);
  if (nodes.length === size) return nodes;
  return lowering.wrongValue(node, `expected ${size} values, received ${nodes.length}`);
}
