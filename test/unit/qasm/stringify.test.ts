import { describe, expect, it } from '@jest/globals';
import { circuit } from '../../../lib/circuit/create.js';
import { param } from '../../../lib/circuit/expression.js';
import { GATES } from '../../../lib/circuit/gates.gen.js';
import { QuantumError } from '../../../lib/errors.js';
import { parse, stringify } from '../../../lib/qasm/index.js';
import { distance, genericState, stateOf } from './states.js';

/** Statements of a text, without its head and declarations. */
const statements = (text: string): string[] =>
  text.trimEnd().split('\n\n').at(-1)?.split('\n') ?? [];

const angles = [0.7311, -2.1, 1.93, 0.4];

/** A gate under some extra controls on a register of its size, the qubits in reverse order. */
function oneGate(
  row: (typeof GATES)[number],
  controls: number,
  states?: string,
): ReturnType<typeof circuit> {
  const qubits = Math.max(controls + row.targets, 1);
  const line = Array.from({ length: controls + row.targets }, (_, k) => qubits - 1 - k);
  return circuit(qubits).append({
    kind: 'gate',
    gate: row.name,
    params: angles.slice(0, row.params.length),
    controls: line.slice(0, controls),
    ...(states === undefined
      ? {}
      : { controlStates: Array.from(states, (state) => (state === '1' ? 1 : 0)) }),
    targets: line.slice(controls),
  });
}

describe('stringify', () => {
  it('writes head, registers and statements', () => {
    const c = circuit({ qubits: { a: 2, b: 1 }, bits: { m: 2, n: 1 } }).named('demo');
    c.h(0)
      .cx(0, 2)
      .u(0.1, 0.2, 0.3, 1)
      .barrier([0, 1])
      .barrier([2, 0])
      .measure(0, 0)
      .measure(1, 1)
      .measure(2, 2);
    expect(stringify(c)).toBe(
      [
        '// demo',
        'OPENQASM 2.0;',
        'include "qelib1.inc";',
        '',
        'qreg a[2];',
        'qreg b[1];',
        'creg m[2];',
        'creg n[1];',
        '',
        'h a[0];',
        'cx a[0], b[0];',
        'u(0.1, 0.2, 0.3) a[1];',
        'barrier a;',
        'barrier b[0], a[0];',
        'measure a -> m;',
        'measure b -> n;',
        '',
      ].join('\n'),
    );
    expect(parse(stringify(c)).equals(c)).toBe(true);
  });

  it('measures one by one where registers do not match', () => {
    const c = circuit(2, 2).measure(1, 0).measure(0, 1);
    expect(statements(stringify(c))).toEqual(['measure q[1] -> c[0];', 'measure q[0] -> c[1];']);
    const part = circuit(2, 2).measure(0, 0);
    expect(statements(stringify(part))).toEqual(['measure q[0] -> c[0];']);
    const wide = circuit(2, 3).measure(0, 0).measure(1, 1);
    expect(statements(stringify(wide))).toHaveLength(2);
  });

  it.each([
    [0, '0'],
    [Math.PI, 'pi'],
    [-Math.PI, '-pi'],
    [(3 * Math.PI) / 4, '3*pi/4'],
    [-Math.PI / 2, '-pi/2'],
    [Math.PI / 1024, 'pi/1024'],
    [Math.PI / 2 ** 33, 'pi/8589934592'],
    [0.1, '0.1'],
    [1e-300, '1e-300'],
    [1e22, '1e+22'],
    [-1.2345678901234567, '-1.2345678901234567'],
    [5e-324, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
  ])('writes %p as %s', (angle, text) => {
    const c = circuit(1).rx(angle, 0);
    expect(statements(stringify(c))).toEqual([`rx(${text}) q[0];`]);
    expect(parse(stringify(c)).equals(c)).toBe(true);
  });

  it('leaves out barriers on nothing', () => {
    expect(statements(stringify(circuit(1).barrier([]).h(0)))).toEqual(['h q[0];']);
  });

  it('writes empty circuits', () => {
    expect(stringify(circuit(0))).toBe('OPENQASM 2.0;\ninclude "qelib1.inc";\n');
    expect(parse(stringify(circuit(3, 2))).equals(circuit(3, 2))).toBe(true);
  });

  it('renames registers that OpenQASM 2 would refuse', () => {
    const c = circuit({
      qubits: { Q: 1, h: 1, θ: 1, gate: 1, c2ry: 1, r_Q: 1 },
      bits: { pi: 1, _: 1 },
    });
    const text = stringify(c);
    expect(text.match(/[qc]reg \S+/g)).toEqual([
      'qreg r_Q[1];',
      'qreg r_h[1];',
      'qreg r__[1];',
      'qreg r_gate[1];',
      'qreg r_c2ry[1];',
      'qreg r_r_Q[1];',
      'creg r_pi[1];',
      'creg r___2[1];',
    ]);
    expect(parse(text).qubits).toBe(6);
  });

  it('defines a gate once and before its use', () => {
    const text = stringify(circuit(3).ryy(0.1, 0, 1).ryy(0.2, 1, 2).iswap(0, 1));
    expect(text.match(/^gate .*$/gm)).toEqual(['gate ryy(theta) t0, t1 {', 'gate iswap t0, t1 {']);
  });

  it('uses the names of the language under controls', () => {
    const c = circuit(5);
    c.gate('x', [], [3], { controls: [0, 1, 2] });
    c.gate('x', [], [4], { controls: [0, 1, 2, 3] });
    c.gate('sx', [], [3], { controls: [0, 1, 2] });
    c.gate('u', [0.1, 0.2, 0.3], [1], { controls: [0] });
    c.gate('p', [0.1], [1], { controls: [0] });
    expect(statements(stringify(c))).toEqual([
      'c3x q[0], q[1], q[2], q[3];',
      'c4x q[0], q[1], q[2], q[3], q[4];',
      'c3sqrtx q[0], q[1], q[2], q[3];',
      'cu3(0.1, 0.2, 0.3) q[0], q[1];',
      'cp(0.1) q[0], q[1];',
    ]);
    expect(parse(stringify(c)).countOps()).toEqual({ mcx: 2, sx: 1, cu: 1, cp: 1 });
  });

  it('puts open controls between X', () => {
    const c = oneGate(GATES.find(({ name }) => name === 'ch') as (typeof GATES)[number], 1, '0');
    expect(statements(stringify(c))).toEqual(['x q[1];', 'ch q[1], q[0];', 'x q[1];']);
  });

  describe.each(GATES.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const own = Math.max(row.controls, row.controls < 0 ? 1 : 0);
    it.each([own, own + 1, own + 2, own + 3, own + 5])(
      'means the same under %i controls',
      (controls) => {
        const c = oneGate(row, controls);
        const initial = genericState(c.qubits);
        expect(distance(stateOf(parse(stringify(c)), initial), stateOf(c, initial))).toBeLessThan(
          1e-13,
        );
      },
    );

    it('means the same under open controls', () => {
      const c = oneGate(row, own + 2, '01'.padEnd(own + 2, '0'));
      const initial = genericState(c.qubits);
      for (const version of [2, 3] as const) {
        const again = parse(stringify(c, { version }));
        expect(distance(stateOf(again, initial), stateOf(c, initial))).toBeLessThan(1e-13);
      }
    });
  });

  it('writes X under 33 controls in a few thousand operations', () => {
    const line = Array.from({ length: 33 }, (_, k) => k);
    const text = stringify(circuit(34).mcx(line, 33));
    expect(parse(text).size).toBeLessThan(20_000);
    expect(text.length).toBeLessThan(1_000_000);
  });

  it.each([9, 10, 11])('means the same for X under %i controls', (controls) => {
    const line = Array.from({ length: controls }, (_, k) => k);
    const c = circuit(controls + 1).mcx(line, controls);
    const initial = genericState(c.qubits);
    expect(distance(stateOf(parse(stringify(c)), initial), stateOf(c, initial))).toBeLessThan(
      1e-13,
    );
  });

  describe('refuses', () => {
    const codeOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        if (QuantumError.is(error)) return error.code;
      }
      return 'none';
    };
    const any = stringify as (...values: unknown[]) => string;

    it('parameters', () => {
      expect(codeOf(() => stringify(circuit(1).rx(param('a'), 0)))).toBe('ERR_UNSUPPORTED');
      expect(() => stringify(circuit(1).rx(param('a'), 0))).toThrow('the parameter a');
    });

    it('a global phase on nothing', () => {
      expect(codeOf(() => stringify(circuit(0).gphase(1)))).toBe('ERR_UNSUPPORTED');
    });

    it('what is no circuit, unknown options and other versions', () => {
      expect(codeOf(() => any('h q[0];'))).toBe('ERR_INVALID_ARGUMENT');
      expect(codeOf(() => any(circuit(1), { versoin: 2 }))).toBe('ERR_INVALID_ARGUMENT');
      expect(codeOf(() => any(circuit(1), { version: 4 }))).toBe('ERR_INVALID_ARGUMENT');
    });
  });
});
