import { describe, expect, it } from '@jest/globals';
import { bit, circuit, QuantumError, type Step } from 'qmlx';

const teleport = circuit(3, 3)
  .u(Math.PI / 2, 0, 0, 0)
  .h(1)
  .cx(1, 2)
  .cx(0, 1)
  .h(0)
  .measure(0, 0)
  .measure(1, 1)
  .if(bit(1).eq(1), (c) => c.x(2))
  .if(bit(0).eq(1), (c) => c.z(2).id(2), { else: (c) => c.id(2) });

describe('steps', () => {
  it('tell what happens in lines', () => {
    const lines = [
      ...circuit(2, 2)
        .x(0)
        .measure(0, 0)
        .if(bit(0), (c) => c.cx(0, 1))
        .if(bit(1), (c) => c.x(0))
        .reset(0)
        .steps(),
    ].map(String);
    expect(lines).toEqual([
      'Step 0: x q0  =>  |10>   bits 0 0',
      'Step 1: measure q0 -> c0  =>  |10>   bits 1 0',
      'Step 2: if c0 (taken)  =>  |10>   bits 1 0',
      'Step 3: cx q0, q1  =>  |11>   bits 1 0',
      'Step 4: if c1 (not taken)  =>  |11>   bits 1 0',
      'Step 5: reset q0  =>  |01>   bits 1 0',
    ]);
  });

  it('depend on the seed alone and follow the branch they draw', () => {
    const kinds = (seed: number) =>
      [...teleport.steps({ seed })].map((step) => [step.kind, step.outcome]);
    expect(kinds(3)).toEqual(kinds(3));
    for (let seed = 0; seed < 8; seed++) {
      const steps = [...teleport.steps({ seed })];
      const [first, second] = [steps[5]!.bits[0], steps[6]!.bits[1]];
      expect(steps[7]!.condition?.taken).toBe(second === 1);
      expect(steps).toHaveLength(9 + second! + (first === 1 ? 2 : 1));
      expect(steps.at(-1)!.state.probabilities({ qubits: [2] })[0]).toBeCloseTo(0.5, 6);
    }
  });

  it('read states late, also of steps that are past', () => {
    const steps = [...circuit(1).h(0).h(0).x(0).steps()];
    expect(steps.map((step) => step.state.toDirac())).toEqual([
      '0.707|0> + 0.707|1>',
      '|0>',
      '|1>',
    ]);
    expect([...steps[2]!.probabilities].map(Math.round)).toEqual([0, 1]);
  });

  it('go back and on again', () => {
    const steps = circuit(1, 1).h(0).measure(0, 0).x(0).steps({ seed: 5 });
    const all = [steps.next().value, steps.next().value, steps.next().value] as Step[];
    expect(steps.back()?.toString()).toBe(String(all[1]));
    expect(steps.next().value?.toString()).toBe(String(all[2]));
    expect(steps.next().done).toBe(true);
    steps.return();
    expect(steps.next().value?.index).toBe(0);
    expect(steps.back()).toBeUndefined();
  });

  it('stop at numbers, snapshots and where a function says', () => {
    const c = circuit(1, 1).h(0).snapshot('middle').measure(0, 0).x(0);
    const steps = c.steps({ breakpoints: ['middle', 3] });
    expect([
      steps.toBreakpoint()?.index,
      steps.toBreakpoint()?.index,
      steps.toBreakpoint(),
    ]).toEqual([1, 3, undefined]);
    const measured = c.steps({ breakpoints: (step) => step.kind === 'measurement' });
    expect(measured.toBreakpoint()?.index).toBe(2);
    expect(() => c.steps({ breakpoints: [true as never] })).toThrow(QuantumError);
  });

  it('count a matrix as one step and loops by their conditions', () => {
    const c = circuit(2, 1)
      .unitary(
        [
          [0, 1],
          [1, 0],
        ],
        0,
      )
      .while(bit(0).eq(0), (d) => d.measure(0, 0));
    expect([...c.steps()].map(({ kind }) => kind)).toEqual([
      'gate',
      'conditional',
      'measurement',
      'conditional',
    ]);
  });

  it('force postselections and name those that are impossible', () => {
    const [, step] = circuit(1).h(0).postselect(0, 1).steps({ seed: 1 });
    expect([step!.outcome, step!.state.toDirac()]).toEqual([1, '|1>']);
    expect(() => [...circuit(1).postselect(0, 1).steps()]).toThrow(/probability 0/);
  });
});

describe('looking inside', () => {
  it('shows states, probabilities and circuits on the way', () => {
    const seen: unknown[] = [];
    const c = circuit(1)
      .x(0)
      .tapState((state) => seen.push(state.toDirac()))
      .tapProbabilities((probabilities) => seen.push([...probabilities]))
      .tapCircuit((inner) => seen.push(inner.size));
    expect(seen).toEqual(['|1>', [0, 1], 1]);
    expect(c.size).toBe(1);
    expect(() =>
      circuit(1, 1)
        .measure(0, 0)
        .tapState(() => 0),
    ).toThrow(/single final state/);
  });

  it('finds snapshots in loops and blocks of a shot', async () => {
    const c = circuit(1, 1)
      .h(0)
      .measure(0, 0)
      .if(bit(0), (d) => d.snapshot('one'), { else: (d) => d.x(0).snapshot('one') });
    const result = await c.run({ shots: 3, seed: 2 });
    expect((await result.snapshot('one', { shot: 1 })).toDirac()).toBe('|1>');
    const never = await circuit(1, 1)
      .measure(0, 0)
      .if(bit(0), (d) => d.snapshot('far'))
      .run();
    await expect(never.snapshot('far')).rejects.toThrow(/does not pass/);
  });
});
