import { describe, expect, it } from '@jest/globals';
import { circuit, draw, param, type Circuit } from 'qmlx';
import { GATES } from '../../../lib/circuit/gates.gen.js';

/** The gate on qubits in call order, with different angles, under `controls` open and closed ones. */
function example(row: (typeof GATES)[number], extra: string): Circuit {
  const own = row.controls < 0 ? 2 : row.controls;
  const size = extra.length + own + row.targets;
  const params = row.params.map((_, k) => Math.PI / (k + 2));
  const qubits = Array.from({ length: own + row.targets }, (_, k) => extra.length + k);
  const controls = Array.from(extra, (_, k) => k);
  const made: Circuit = circuit(Math.max(1, size));
  made.gate(row.name, params, qubits, { controls, states: extra });
  return made;
}

describe('every gate of the table', () => {
  it.each(GATES.map((row) => [row.name, row] as const))('draws %s', (_, row) => {
    expect(`\n${draw(example(row, '')).text}\n`).toMatchSnapshot();
    expect(`\n${draw(example(row, '01')).text}\n`).toMatchSnapshot();
  });

  it('shows its label or a symbol, and every angle', () => {
    for (const row of GATES) {
      const text = draw(example(row, '01')).text;
      row.params.forEach((_, k) => expect(text).toContain(`π/${k + 2}`));
      if (/[●⊕×][^●⊕×]*$/u.test(text) && !text.includes(row.label)) {
        expect(['X', 'Z', 'SWAP']).toContain(row.label);
      } else {
        expect(text).toContain(row.label);
      }
    }
  });
});

describe('angles', () => {
  const shown = (angle: number) =>
    draw(circuit(1).rx(angle, 0)).text.replace(/[^]*RX\((.*)\)[^]*/, '$1');

  it.each([
    [0, '0'],
    [Math.PI, 'π'],
    [-Math.PI / 2, '-π/2'],
    [(3 * Math.PI) / 4, '3π/4'],
    [2 * Math.PI, '2π'],
    [(2 * Math.PI) / 3, '2π/3'],
    [(7 * Math.PI) / 5, '7π/5'],
    [Math.PI / 12, 'π/12'],
    [Math.PI / 2 ** 19, 'π/524288'],
    [-3 * (Math.PI / 64), '-3π/64'],
    [32 * Math.PI, '32π'],
    [33 * Math.PI, '103.7'],
    [0.3, '0.3'],
    [1.23456789, '1.235'],
    [-2, '-2'],
    [1e-9, '1e-9'],
    [1e8, '100000000'],
    [3.14159, '3.142'],
  ])('%d is drawn as %s', (angle, text) => {
    expect(shown(angle)).toBe(text);
  });

  it('may be expressions, cut when they are long', () => {
    const theta = param('theta');
    expect(draw(circuit(1).rx(theta.mul(2).add(Math.PI / 2), 0)).text).toContain(
      'RX(theta*2 + π/2)',
    );
    const long = param('a_parameter_with_a_long_name').add(param('b'));
    expect(draw(circuit(1).rx(long, 0)).text).toContain('RX(a_parameter_with_a_long…)');
  });
});
