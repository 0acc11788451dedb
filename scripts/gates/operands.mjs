// Names of a gate's qubit arguments, as signatures, messages and docs use them.

const numbered = (word, count) =>
  count === 1 ? [word] : Array.from({ length: count }, (_, k) => `${word}${k + 1}`);

/** "controls" is one list argument where a gate takes any number of them. */
export const controlNames = (row) =>
  row.controls < 0 ? ['controls'] : numbered('control', row.controls);

export const targetNames = (row) => numbered(row.controls === 0 ? 'qubit' : 'target', row.targets);

/** All arguments in call order: angles, controls, targets. */
export const argumentNames = (row) => [...row.params, ...controlNames(row), ...targetNames(row)];
