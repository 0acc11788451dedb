// Emits docs/gates.md.
import { argumentNames } from './operands.mjs';

const code = (text) => (text === '' ? '–' : `\`${text}\``);
const matrix = (row) =>
  row.matrixText
    .split(';')
    .map((line) => `\`[${line.trim()}]\``)
    .join('<br>');

function controls(row) {
  if (row.controls < 0) return 'any';
  return String(row.controls);
}

function line(row) {
  const calls = [row.name, ...row.aliases].map(
    (name) => `\`${name}(${argumentNames(row).join(', ')})\``,
  );
  const languages = [code(row.qasm2), code(row.qasm3)];
  return `| ${[calls.join(', '), row.summary, controls(row), matrix(row), ...languages, row.label].join(' | ')} |`;
}

/** The table of gates for readers. */
export function toMarkdown(rows) {
  return `<!-- Generated from native/gates/gates.def by scripts/generate-gates.mjs; do not edit. -->

# Gates

Angles come first, in radians, then controls, then targets. A matrix acts on the targets, the first target being the
most significant, where all controls are 1. Every gate takes further controls, has an inverse and, where a closed rule
exists, real powers; see \`controlled\`, \`inverse\` and \`power\` of a circuit. A dash means that the language has no
such gate, so that an exporter writes its definition. How to add one: [adding-a-gate.md](adding-a-gate.md).

| call | what it does | controls | matrix | OpenQASM 2 | OpenQASM 3 | label |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}
`;
}
