import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Counts, circuit, draw, type DrawOptions, type HistogramOptions } from 'qmlx';

function lines(text: string): string[] {
  return text.split('\n');
}

describe('a circuit', () => {
  const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();

  it('shows measurements as lines to the register', () => {
    expect(lines(draw(bell).text)).toEqual([
      '      ┌───┐   ┌───┐',
      ' q0: ─┤ H ├─●─┤ M ├───────',
      '      └───┘ │ └─╥─┘ ┌───┐',
      ' q1: ───────⊕───╫───┤ M ├─',
      '                ║   └─╥─┘',
      'c/2: ═══════════╩═════╩═══',
      '                0     1',
    ]);
  });

  it('or names the bits in the boxes', () => {
    expect(lines(draw(bell, { measurements: 'label' }).text)).toEqual([
      '     ┌───┐   ┌──────┐',
      'q0: ─┤ H ├─●─┤ M→c0 ├─',
      '     └───┘ │ ├──────┤',
      'q1: ───────⊕─┤ M→c1 ├─',
      '             └──────┘',
    ]);
  });

  it('names bits where more than 8 lines would stand side by side', () => {
    const many = (n: number) => draw(circuit(n, n).measureAll()).text;
    expect(many(8)).toContain('╩');
    expect(many(9)).toContain('M→c8');
    expect(many(9)).not.toContain('═');
  });

  it('has a double line for each register, and lines cross those between', () => {
    const registers = { qubits: { a: 1, b2: 2 }, bits: { x: 1, y: 11 } };
    expect(lines(draw(circuit(registers).measure(0, 11).measure(2, 0)).text)).toEqual([
      '        ┌───┐',
      '   a0: ─┤ M ├───────',
      '        └─╥─┘',
      'b2[0]: ───╫─────────',
      '          ║   ┌───┐',
      'b2[1]: ───╫───┤ M ├─',
      '          ║   └─╥─┘',
      '  x/1: ═══╬═════╩═══',
      '          ║     0',
      ' y/11: ═══╩═════════',
      '          10',
    ]);
  });

  it('has barriers, symbols, and boxes that other wires pass through', () => {
    const made = circuit(4)
      .h(0)
      .barrier([0, 1, 3])
      .cx(0, 3)
      .x(2)
      .swap(1, 3)
      .rzx(0.3, 2, 0)
      .gate('x', [], [1], { controls: [0, 3], states: '01' })
      .cz(2, 0);
    expect(lines(draw(made).text)).toEqual([
      '     ┌───┐             ┌───────────┐',
      'q0: ─┤ H ├─░─●─────────┤1          ├─○─●─',
      '     └───┘ ░ │         │           │ │ │',
      'q1: ───────░─┼───────×─┼───────────┼─⊕─┼─',
      '             │ ┌───┐ │ │  RZX(0.3) │ │ │',
      'q2: ─────────┼─┤ X ├─┼─┤0          ├─┼─●─',
      '             │ └───┘ │ └───────────┘ │',
      'q3: ───────░─⊕───────×───────────────●───',
    ]);
  });

  it('shows a control between the operands of a box inside it', () => {
    const made = circuit(3).gate('rxx', [Math.PI], [0, 2], { controls: [1], states: '0' });
    expect(lines(draw(made).text)).toEqual([
      '     ┌─────────┐',
      'q0: ─┤0        ├─',
      '     │         │',
      'q1: ─┼────○────┼─',
      '     │  RXX(π) │',
      'q2: ─┤1        ├─',
      '     └─────────┘',
    ]);
  });

  it('collects global phases in front', () => {
    const made = circuit(1)
      .gphase(Math.PI / 4)
      .x(0)
      .gphase(Math.PI / 4);
    expect(draw(made).text).toMatch(/^global phase: π\/2\n\n/);
  });

  it('packs operations to the left and keeps its shape without any', () => {
    expect(lines(draw(circuit(2, 1)).text)).toEqual([' q0: ───', '', ' q1: ───', '', 'c/1: ═══']);
    expect(draw(circuit(0)).text).toBe('');
    const [first, , second] = lines(draw(circuit(2).h(0).h(0).h(1)).text).filter((_, k) => k > 0);
    expect(first).toBe('q0: ─┤ H ├─┤ H ├─');
    expect(second).toBe('q1: ─┤ H ├───────');
  });

  it('folds at the width it is given', () => {
    const made = circuit(2).h(0).h(1).cx(0, 1).h(0).h(1).cx(0, 1);
    expect(lines(draw(made, { width: 20 }).text)).toEqual([
      '     ┌───┐   ┌───┐',
      'q0: ─┤ H ├─●─┤ H ├»',
      '     ├───┤ │ ├───┤',
      'q1: ─┤ H ├─⊕─┤ H ├»',
      '     └───┘   └───┘',
      '',
      'q0: «●─',
      '     │',
      'q1: «⊕─',
    ]);
    const wide = circuit(20);
    for (let k = 0; k < 20; k++) for (let j = 0; j < k; j++) wide.cp(Math.PI / 2 ** (k - j), j, k);
    for (const width of [41, 80, 100]) {
      const widest = Math.max(...lines(draw(wide, { width }).text).map((line) => line.length));
      expect(widest).toBeLessThanOrEqual(width);
    }
    expect(Math.max(...lines(draw(wide).text).map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(draw(wide, { width: 0 }).text).not.toContain('»');
  });

  it('is drawn as it was, and shows itself', () => {
    const growing = circuit(1).h(0);
    const drawing = draw(growing);
    growing.x(0);
    expect(drawing.text).not.toContain('X');
    expect(String(drawing)).toBe(drawing.text);
    expect(inspect(drawing)).toBe(drawing.text);
  });
});

describe('a histogram', () => {
  const counts = new Counts([
    ['00', 3],
    ['01', 5],
    ['10', 1],
  ]);

  it('lists outcomes in order', () => {
    expect(lines(draw.counts(counts, { width: 5 }).text)).toEqual([
      '00  ███    3   33.3%',
      '01  █████  5   55.6%',
      '10  █      1   11.1%',
    ]);
    expect(draw.counts({ counts }).text).toBe(String(counts));
  });

  it('sorts and caps', () => {
    expect(lines(draw.counts(counts, { width: 5, sort: 'count' }).text)[0]).toMatch(/^01/);
    expect(lines(draw.counts(counts, { width: 5, top: 2 }).text)).toEqual([
      '01  █████  5   55.6%',
      '00  ███    3   33.3%',
      '… 1 more outcome, together 11.1%',
    ]);
    const byKey = lines(draw.counts(counts, { width: 5, top: 2, sort: 'key' }).text);
    expect(byKey.map((line) => line.slice(0, 2))).toEqual(['00', '01', '… ']);
  });

  it('shows itself', () => {
    const histogram = draw.counts(counts);
    expect(String(histogram)).toBe(histogram.text);
    expect(inspect(histogram)).toBe(histogram.text);
  });

  it.each([
    [counts, { top: 0 }],
    [counts, { width: 0 }],
    [counts, { width: 1001 }],
    [counts, { sort: 'size' }],
    [counts, { rows: 3 }],
    [new Map([['0', 1]]), {}],
    [{ counts: {} }, {}],
    [null, {}],
    [undefined, {}],
  ])('refuses %p with %p', (result, options) => {
    expect(() => draw.counts(result as Counts, options as HistogramOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});

describe('draw', () => {
  it.each([
    [circuit(1), { width: 19 }],
    [circuit(1), { width: -1 }],
    [circuit(1), { width: NaN }],
    [circuit(1), { measurements: 'dots' }],
    [circuit(1), { fold: 80 }],
    [null, {}],
    [undefined, {}],
    ['h q[0];', {}],
    [{}, {}],
  ])('refuses %p with %p', (value, options) => {
    expect(() => draw(value as never, options as DrawOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});
