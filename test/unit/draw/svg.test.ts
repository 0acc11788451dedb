import { describe, expect, it, jest } from '@jest/globals';
import {
  bit,
  circuit,
  draw,
  type DrawOptions,
  type IfOperation,
  type Operation,
  type Theme,
} from 'qmlx';
import { elements, readSvg, textsOf } from './svg-document.js';

const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();

describe('an SVG of a circuit', () => {
  it('has a wire a qubit, a double one a register, and says what it shows', () => {
    const root = readSvg(draw(bell).svg);
    expect(textsOf(root)).toEqual(['q0', 'q1', 'c', '2', 'H', '0', '1']);
    expect(elements(root, 'desc')[0]?.textContent).toBe(
      '2 qubits, 2 classical bits, 4 operations: h 0; cx 0 1; measure 0; measure 1.',
    );
    const titles = elements(root, 'title').map((title) => title.textContent);
    expect(titles).toEqual([
      'Quantum circuit',
      'H on q0',
      'X on q0, q1',
      'Measurement of q0 into c0',
      'Measurement of q1 into c1',
    ]);
  });

  it('escapes titles and drops what XML cannot hold', () => {
    const title = `<script>"&'\u0000\ud800π`;
    const root = readSvg(draw(bell, { title }).svg);
    expect(root.getAttribute('aria-label')).toBe(`<script>"&'\ufffd\ufffdπ`);
    expect(elements(root, 'script')).toHaveLength(0);
    expect(readSvg(draw(circuit(1).named('my_name')).svg).getAttribute('aria-label')).toBe(
      'my_name',
    );
  });

  it('orders wires and leaves out idle ones', () => {
    const made = circuit({ qubits: { q: 4 }, bits: { c: 1, d: 1 } });
    made.h(3).cx(3, 1).barrier().measure(1, 1);
    const options: DrawOptions = { wireOrder: [3, 2, 1, 0], idleWires: false };
    expect(textsOf(readSvg(draw(made, options).svg))).toEqual(['q3', 'q1', 'd', '1', 'H', '0']);
    expect(
      draw(made, options)
        .text.split('\n')
        .map((line) => line.slice(0, 3)),
    ).toEqual(['   ', ' q3', '   ', ' q1', '   ', 'd/1', '   ']);
    expect(textsOf(readSvg(draw(circuit(3), { idleWires: false }).svg))).toEqual([]);
  });

  it('marks one operation, and nothing where it is not drawn', () => {
    const deciding = circuit(3, 1)
      .h(0)
      .measure(0, 0)
      .if(bit(0), (c) => c.cx(0, 2).x(1));
    const marksOf = (mark: Operation): (string | null)[][] =>
      elements(readSvg(draw(deciding, { mark }).svg), 'rect')
        .filter((rect) => rect.getAttribute('class') === 'marked')
        .map((rect) => ['x', 'y', 'width', 'height'].map((name) => rect.getAttribute(name)));
    const [first, , branch] = deciding.operations as [Operation, Operation, IfOperation];
    const [inner, second] = branch.body as [Operation, Operation];
    const marks = [first, branch, inner, second].map(marksOf);
    expect(marks.map((found) => found.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(marks.map(String)).size).toBe(4);
    // The box of H is 32 wide and high; controlled X reaches over three wires, 46 apart.
    expect(marks[0]![0]!.slice(2)).toEqual(['40', '40']);
    expect(marks[2]![0]![3]).toBe(String(40 + 2 * 46));
    expect(marksOf(circuit(1).h(0).operations[0]!)).toEqual([]);
    expect(draw(deciding, { mark: first }).text).toBe(draw(deciding).text);
    expect(() => draw(deciding, { mark: 1 as never })).toThrow(/options\.mark/);
  });

  it('folds within its width', () => {
    const wide = circuit(4).qft().qft().qft();
    for (const width of [30, 60, 100]) {
      const root = readSvg(draw(wide, { width }).svg);
      expect(Number(root.getAttribute('width'))).toBeLessThanOrEqual(10 * width + 40);
      expect(textsOf(root).filter((text) => text === 'q0').length).toBeGreaterThan(1);
    }
    const whole = readSvg(draw(wide, { width: 0 }).svg);
    expect(textsOf(whole).filter((text) => text === 'q0')).toHaveLength(1);
  });

  it.each(['light', 'dark', 'colorblind', 'mono'] satisfies Theme[])(
    'has the theme %s',
    (theme) => {
      const colors = new Set(draw(bell, { theme }).svg.match(/#[0-9a-f]{6}/g));
      if (theme === 'mono') expect([...colors].sort()).toEqual(['#000000', '#ffffff']);
      else expect(colors.size).toBeGreaterThan(5);
    },
  );

  it.each<DrawOptions>([
    { theme: 'blue' as Theme },
    { title: 3 as never },
    { idleWires: 'no' as never },
    { wireOrder: [0] },
    { wireOrder: [0, 0] },
    { wireOrder: '01' as never },
  ])('refuses %p', (options) => {
    expect(() => draw(bell, options)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
    expect(() => draw(bell, { wireOrder: [0, 2] })).toThrow(
      expect.objectContaining({ code: 'ERR_QUBIT_RANGE' }),
    );
  });
});

describe('a PNG', () => {
  const sizeOf = (png: Uint8Array): number[] => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };

  it('has the size of the SVG times the scale', async () => {
    const drawing = draw(bell);
    const root = readSvg(drawing.svg);
    const size = ['width', 'height'].map((name) => Number(root.getAttribute(name)));
    expect(sizeOf(await drawing.png({ scale: 1 }))).toEqual(size);
    expect(sizeOf(await drawing.png())).toEqual(size.map((length) => 2 * length));
  });

  it.each([
    { scale: 0 },
    { scale: 17 },
    { scale: NaN },
    { fonts: 'a' },
    { fonts: [1] },
    { dpi: 3 },
  ])('refuses %p', async (options) => {
    await expect(draw(bell).png(options as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
    });
  });

  it('names the package that is missing and how to install it', async () => {
    jest.unstable_mockModule('@resvg/resvg-js', () => {
      throw new Error('Cannot find package');
    });
    await expect(draw(bell).png()).rejects.toMatchObject({
      code: 'ERR_MISSING_DEPENDENCY',
      dependency: '@resvg/resvg-js',
      message: expect.stringContaining('npm install @resvg/resvg-js'),
    });
  });
});
