import type { Angle } from '../circuit/expression.js';
import { numberText } from '../circuit/expression-text.js';

/** A call of a gate as OpenQASM writes it. Angles that are no text already are exact fractions of pi or the shortest text of the number. */
export function callText(
  name: string,
  angles: readonly (Angle | string)[],
  qubits: readonly string[],
): string {
  const texts = angles.map((angle) =>
    typeof angle === 'number' ? numberText(angle) : String(angle),
  );
  const list = texts.length === 0 ? '' : `(${texts.join(', ')})`;
  return qubits.length === 0 ? `${name}${list};` : `${name}${list} ${qubits.join(', ')};`;
}
