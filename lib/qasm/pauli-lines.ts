/**
 * exp(-i angle/2 P) as gates: the axes of P turned to Z, a rotation by parity under the controls, and back.
 *
 * @param modifiers - text before the rotation, such as `ctrl @ `
 */
export function pauliRotationLines(
  pauli: string,
  targets: readonly string[],
  controls: readonly string[],
  modifiers: string,
  angle: string,
): string[] {
  const turned = (letter: string): string[] => targets.filter((_, k) => pauli[k] === letter);
  const hadamards = [...turned('X'), ...turned('Y')].map((qubit) => `h ${qubit};`);
  const last = targets.at(-1) as string;
  const parity = targets.slice(0, -1).map((qubit) => `cx ${qubit}, ${last};`);
  return [
    ...turned('Y').map((qubit) => `sdg ${qubit};`),
    ...hadamards,
    ...parity,
    `${modifiers}rz(${angle}) ${[...controls, last].join(', ')};`,
    ...[...parity].reverse(),
    ...hadamards,
    ...turned('Y').map((qubit) => `s ${qubit};`),
  ];
}
