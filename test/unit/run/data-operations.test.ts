import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit } from 'qmlx';

const open = (c: unknown): Circuit => c as Circuit;

describe('data operations in runs', () => {
  it('agree with gates', async () => {
    const near = async (a: unknown, b: unknown): Promise<void> => {
      using left = await open(a).state();
      using right = await open(b).state();
      left.data.forEach((part, k) => expect(Math.abs(part - right.data[k]!)).toBeLessThan(1e-5));
    };
    const start = () => open(circuit(4).hAll().t(0).ry(0.4, 1).rx(1.1, 2).cz(0, 3).rz(0.3, 3));
    await near(start().pauliRotation('XX', 0.7, 1, 3), start().rxx(0.7, 1, 3));
    await near(start().pauliRotation('IZIZ', 0.7, 0, 1, 2, 3), start().rzz(0.7, 1, 3));
    const basis = start()
      .sdg(1)
      .h(1)
      .h(2)
      .cx(0, 3)
      .cx(1, 3)
      .cx(2, 3)
      .rz(0.9, 3)
      .cx(2, 3)
      .cx(1, 3)
      .cx(0, 3)
      .h(2)
      .h(1)
      .s(1);
    await near(start().pauliRotation('ZYXZ', 0.9, 0, 1, 2, 3), basis);
    await near(start().diagonal([0, 0, 0, Math.PI], 2, 0), start().cz(0, 2));
    await near(start().permutation([0, 1, 3, 2], 1, 3), start().cx(1, 3));
    const cx = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ];
    const under = open(circuit(3).unitary(cx, 0, 2)).controlled(1, { state: '0' });
    await near(start().compose(under), start().x(0).ccx(0, 1, 3).x(0));
    const mixed = () =>
      open(
        circuit(4)
          .unitary(cx, 3, 0)
          .diagonal([1, 2], 2)
          .permutation([2, 0, 1, 3], 1, 0)
          .pauliRotation('YZX', 1, 3, 1, 0),
      );
    await near(start().compose(mixed()).compose(mixed().inverse()), start());
    await near(circuit(2).initialize('l+'), circuit(2).h(0).sdg(0).h(1));
    await near(circuit(2).x(0).compose(circuit(2)), circuit(2).initialize('10'));
  });

  it('prepare used qubits anew', async () => {
    const { counts } = await circuit(2, 2)
      .h(0)
      .cx(0, 1)
      .initialize('1', 0)
      .measureAll()
      .run({ shots: 200, seed: 1 });
    expect([...counts.keys()]).toEqual(['10', '11']);
  });
});
