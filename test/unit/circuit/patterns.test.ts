import { describe, expect, test } from '@jest/globals';
import { circuit, type BellState, type Circuit } from 'qmlx';
import { gateCalls } from '../../reference/operations.js';
import { simulate } from '../../reference/simulator.js';
import { argumentOf, codeOf, NOT_INDICES } from './refusals.js';

/** Amplitudes from |0…0>, or from one basis state, rounded to 12 digits. */
function amplitudes(c: Circuit, start = 0): { re: number[]; im: number[] } {
  const size = 2 ** c.qubits;
  const initial = { re: new Float64Array(size), im: new Float64Array(size) };
  initial.re[start] = 1;
  const { re, im } = simulate(c.qubits, gateCalls(c), initial);
  const round = (values: Float64Array): number[] =>
    Array.from(values, (value) => Math.round(value * 1e12) / 1e12 + 0);
  return { re: round(re), im: round(im) };
}

const half = Math.round(Math.SQRT1_2 * 1e12) / 1e12;

describe('one gate on many qubits', () => {
  test.each([
    ['hAll', 'h'],
    ['xAll', 'x'],
    ['yAll', 'y'],
    ['zAll', 'z'],
  ] as const)('%s', (pattern, gate) => {
    const c = circuit(5);
    expect(c[pattern]()).toBe(c);
    expect(c.operations.map((o) => o.kind === 'gate' && [o.gate, ...o.targets])).toEqual(
      [0, 1, 2, 3, 4].map((q) => [gate, q]),
    );
    expect(circuit(5)[pattern]([4, 1]).operations).toEqual(circuit(5)[gate](4)[gate](1).operations);
    expect(circuit(5)[pattern]({ first: 1, last: 2 }).operations).toEqual(
      circuit(5)[gate](1)[gate](2).operations,
    );
    expect(circuit(5)[pattern]([]).size).toBe(0);
    expect(circuit(0)[pattern]().size).toBe(0);
  });
});

describe('lists of qubits', () => {
  const refused: readonly [unknown, string][] = [
    [3, 'qubits'],
    ['01', 'qubits'],
    [null, 'qubits'],
    [[0, 0], 'qubits'],
    [{ first: 0 }, 'qubits.last'],
    [{ first: 2, last: 1 }, 'qubits.last'],
    [{ first: 0, last: 1, step: 1 }, 'qubits.step'],
    ...NOT_INDICES.filter((value) => value !== 2 ** 53).map((value): [unknown, string] => [
      [0, value],
      'qubits[1]',
    ]),
  ];
  test.each(refused)('%p is refused', (qubits, argument) => {
    for (const name of [
      'hAll',
      'barrier',
      'measureAll',
      'cxChain',
      'ghz',
      'wState',
      'qft',
    ] as const) {
      const c = circuit(3, 3);
      expect(argumentOf(() => c[name](qubits as never))).toBe(argument);
      expect(c.operations).toEqual([]);
    }
  });

  test('a qubit out of range is refused', () => {
    const outside: number = 3;
    expect(codeOf(() => circuit(3).hAll([0, outside]))).toBe('ERR_QUBIT_RANGE');
    expect(codeOf(() => circuit(3).hAll({ first: 0, last: outside }))).toBe('ERR_QUBIT_RANGE');
  });
});

describe('measureAll', () => {
  test('measures qubit k into bit k', () => {
    expect(circuit(3, 3).measureAll([2, 0]).operations).toEqual([
      { kind: 'measure', qubit: 2, bit: 2 },
      { kind: 'measure', qubit: 0, bit: 0 },
    ]);
    expect(circuit(3, 4).measureAll().size).toBe(3);
  });

  test('needs a bit for each, and appends nothing without', () => {
    const c = circuit(3, 2);
    expect(codeOf(() => c.measureAll())).toBe('ERR_BIT_RANGE');
    expect([c.size, c.measured]).toEqual([0, false]);
    expect(c.measureAll([0, 1]).size).toBe(2);
  });
});

describe('measurement in another basis', () => {
  // Each eigenstate is prepared from 0, and its measurement must find 0 for +1 and 1 for -1.
  test.each<[string, (c: Circuit<1, 1, never>) => Circuit, number]>([
    ['+X', (c) => c.h(0).measureX(0, 0), 0],
    ['-X', (c) => c.x(0).h(0).measureX(0, 0), 1],
    ['+Y', (c) => c.h(0).s(0).measureY(0, 0), 0],
    ['-Y', (c) => c.x(0).h(0).s(0).measureY(0, 0), 1],
    ['+Z', (c) => c.measureZ(0, 0), 0],
    ['-Z', (c) => c.x(0).measureZ(0, 0), 1],
  ])('%s', (_, build, outcome) => {
    const c = build(circuit(1, 1));
    expect(c.measured).toBe(true);
    const { re, im } = amplitudes(c);
    expect(re[outcome]! ** 2 + im[outcome]! ** 2).toBeCloseTo(1, 10);
  });

  test('appends nothing where the bit is refused', () => {
    const c = circuit(2, 1);
    const outside: number = 1;
    for (const name of ['measureX', 'measureY', 'measureZ'] as const) {
      expect(codeOf(() => c[name](0, outside))).toBe('ERR_BIT_RANGE');
    }
    expect(c.measure(1, 0).size).toBe(1);
    expect(c.measureY(0, 0).size).toBe(4);
  });
});

test('barrier stands across all or some qubits', () => {
  expect(circuit(3).barrier().operations).toEqual([{ kind: 'barrier', qubits: [0, 1, 2] }]);
  expect(circuit(3).barrier([2, 0]).operations).toEqual([{ kind: 'barrier', qubits: [2, 0] }]);
});

test('cxChain controls each next one', () => {
  expect(circuit(4).cxChain([3, 0, 2]).operations).toEqual(circuit(4).cx(3, 0).cx(0, 2).operations);
  expect(circuit(4).cxChain([1]).size).toBe(0);
});

describe('states', () => {
  test.each<[BellState, number[]]>([
    ['phi+', [half, 0, 0, half]],
    ['phi-', [half, 0, 0, -half]],
    ['psi+', [0, half, half, 0]],
    ['psi-', [0, half, -half, 0]],
  ])('bellPair %s', (kind, expected) => {
    const { re, im } = amplitudes(circuit(2).bellPair(kind));
    expect(re).toEqual(expected);
    expect(im).toEqual([0, 0, 0, 0]);
  });

  test('bellPair sits where asked, and is phi+ by default', () => {
    expect(
      circuit(2)
        .bellPair()
        .equals(circuit(2).bellPair('phi+', 0, 1)),
    ).toBe(true);
    expect(circuit(4).bellPair('psi+', 3, 1).operations).toEqual(
      circuit(4).x(1).h(3).cx(3, 1).operations,
    );
    expect(argumentOf(() => circuit(2).bellPair('phi' as BellState))).toBe('kind');
    const fraction: number = 0.5;
    expect(argumentOf(() => circuit(2).bellPair('phi+', fraction))).toBe('qubit1');
    expect(codeOf(() => circuit(1 as number).bellPair())).toBe('ERR_QUBIT_RANGE');
    expect(codeOf(() => circuit(2).bellPair('psi-', 1, 1))).toBe('ERR_INVALID_ARGUMENT');
  });

  test.each([1, 2, 3, 5])('ghz of %d', (n) => {
    const { re } = amplitudes(circuit(n).ghz());
    expect(re[0]).toBe(half);
    expect(re.at(-1)).toBe(half);
    expect(re.filter((value) => value !== 0)).toHaveLength(2);
  });

  test.each([1, 2, 3, 4, 7])('wState of %d', (n) => {
    const { re, im } = amplitudes(circuit(n).wState());
    const each = Math.round(1e12 / Math.sqrt(n)) / 1e12;
    re.forEach((value, k) => {
      const single = k !== 0 && (k & (k - 1)) === 0;
      expect(value).toBeCloseTo(single ? each : 0, 11);
    });
    expect(im.every((value) => value === 0)).toBe(true);
  });

  test('of no qubits are refused', () => {
    expect(argumentOf(() => circuit(2).ghz([]))).toBe('qubits');
    expect(argumentOf(() => circuit(0).wState())).toBe('qubits');
  });
});

describe('the Fourier transform', () => {
  test.each([1, 2, 3, 4])('of %d qubits is its definition', (n) => {
    const size = 2 ** n;
    for (let x = 0; x < size; x++) {
      const { re, im } = amplitudes(circuit(n).qft(), x);
      for (let y = 0; y < size; y++) {
        const angle = (2 * Math.PI * ((x * y) % size)) / size;
        expect(re[y]).toBeCloseTo(Math.cos(angle) / Math.sqrt(size), 10);
        expect(im[y]).toBeCloseTo(Math.sin(angle) / Math.sqrt(size), 10);
      }
    }
  });

  test('without swaps gives the qubits in reverse', () => {
    const direct = amplitudes(circuit(3).qft(), 3);
    const swapped = amplitudes(circuit(3).qft(undefined, { swaps: false }).swap(0, 2), 3);
    expect(swapped).toEqual(direct);
  });

  test.each([true, false])('and its inverse cancel (swaps: %p)', (swaps) => {
    const c = circuit(4).qft([3, 0, 2], { swaps }).inverseQft([3, 0, 2], { swaps });
    expect(amplitudes(c, 11).re[11]).toBeCloseTo(1, 11);
  });

  test('takes swaps as true or false only', () => {
    expect(argumentOf(() => circuit(2).qft(undefined, { swaps: 1 as never }))).toBe(
      'options.swaps',
    );
    expect(argumentOf(() => circuit(2).qft(undefined, { swap: true } as never))).toBe(
      'options.swap',
    );
    expect(circuit(0).qft().size).toBe(0);
  });
});
