import { describe, expect, test } from '@jest/globals';
import { circuit, Circuit, LIMITS, param, type CircuitJSON } from 'qmlx';
import { argumentOf, codeOf } from './refusals.js';

const [a, b] = [param('a'), param('b')];

const rich = circuit({ qubits: { q: 2, anc: 1 }, bits: { c: 2 } })
  .named('rich')
  .h(0)
  .u(a.add(b).div(2), a.neg().sin(), b.pow(2).sub(0.5), 1)
  .gate('ry', [-1.5e-9], [2], { controls: [1, 0], states: '01' })
  .barrier([0, 2])
  .measure(0, 1);

const roundTrip = (c: Circuit): Circuit => Circuit.fromJSON(JSON.parse(JSON.stringify(c)));

test('the format is this', () => {
  expect(rich.toJSON()).toEqual({
    qmlx: 1,
    name: 'rich',
    qubits: [
      { name: 'q', size: 2 },
      { name: 'anc', size: 1 },
    ],
    bits: [{ name: 'c', size: 2 }],
    operations: [
      { kind: 'gate', gate: 'h', params: [], controls: [], targets: [0] },
      {
        kind: 'gate',
        gate: 'u',
        params: [
          { postfix: [{ parameter: 'a' }, { parameter: 'b' }, 'add', 2, 'div'] },
          { postfix: [{ parameter: 'a' }, 'neg', 'sin'] },
          { postfix: [{ parameter: 'b' }, 2, 'pow', 0.5, 'sub'] },
        ],
        controls: [],
        targets: [1],
      },
      {
        kind: 'gate',
        gate: 'ry',
        params: [-1.5e-9],
        controls: [1, 0],
        controlStates: [0, 1],
        targets: [2],
      },
      { kind: 'barrier', qubits: [0, 2] },
      { kind: 'measure', qubit: 0, bit: 1 },
    ],
  });
});

test('a circuit comes back as it went', () => {
  expect(roundTrip(rich).equals(rich)).toBe(true);
  expect(roundTrip(rich).name).toBe('rich');
  expect(roundTrip(circuit(0)).equals(circuit(0))).toBe(true);
  expect(roundTrip(rich.clone().freeze()).isFrozen).toBe(false);
});

/** The JSON of a small circuit with one field replaced. */
function altered(change: (json: Record<string, unknown>) => void): unknown {
  const json = JSON.parse(JSON.stringify(circuit(2, 1).rx(a, 0).measure(1, 0))) as CircuitJSON;
  change(json as unknown as Record<string, unknown>);
  return json;
}

const gate = (change: object): unknown =>
  altered((json) => {
    const base = { kind: 'gate', gate: 'rx', params: [0.5], controls: [], targets: [0] };
    json['operations'] = [{ ...base, ...change }];
  });
const angle = (value: unknown): unknown => gate({ params: [value] });

describe('refused', () => {
  test.each<[string, unknown, string]>([
    ['no object', 5, 'json'],
    ['null', null, 'json'],
    ['a text', '{}', 'json'],
    ['a list', [], 'json'],
    ['no version', altered((json) => delete json['qmlx']), 'json.qmlx'],
    ['a later version', altered((json) => (json['qmlx'] = 2)), 'json.qmlx'],
    ['a version as text', altered((json) => (json['qmlx'] = '1')), 'json.qmlx'],
    ['an unknown field', altered((json) => (json['shots'] = 1)), 'json.shots'],
    ['a bad name', altered((json) => (json['name'] = 'a b')), 'json.name'],
    ['no qubits', altered((json) => delete json['qubits']), 'json.qubits'],
    ['qubits as a number', altered((json) => (json['qubits'] = 2)), 'json.qubits'],
    ['a register that is none', altered((json) => (json['qubits'] = [2])), 'json.qubits[0]'],
    [
      'a register without a name',
      altered((json) => (json['qubits'] = [{ size: 2 }])),
      'json.qubits[0].name',
    ],
    [
      'an empty register',
      altered((json) => (json['bits'] = [{ name: 'c', size: 0 }])),
      'json.bits[0].size',
    ],
    [
      'a register with more',
      altered((json) => (json['bits'] = [{ name: 'c', size: 1, x: 1 }])),
      'json.bits[0].x',
    ],
    ['a name twice', altered((json) => (json['bits'] = [{ name: 'q', size: 1 }])), 'registers'],
    ['no operations', altered((json) => delete json['operations']), 'json.operations'],
    [
      'an operation that is none',
      altered((json) => (json['operations'] = ['h'])),
      'json.operations[0]',
    ],
    [
      'a list that claims to be huge',
      altered((json) => (json['operations'] = new Array<unknown>(2 ** 32 - 1))),
      'json.operations',
    ],
    [
      'a hole',
      altered((json) => (json['operations'] = new Array<unknown>(1))),
      'json.operations[0]',
    ],
    ['no kind', gate({ kind: undefined }), 'json.operations[0].kind'],
    ['an unknown gate', gate({ gate: 'rq' }), 'json.operations[0].gate'],
    ['a gate named like a member', gate({ gate: 'constructor' }), 'json.operations[0].gate'],
    ['params that are none', gate({ params: 0.5 }), 'json.operations[0].params'],
    ['a qubit as text', gate({ targets: ['0'] }), 'json.operations[0].targets[0]'],
    ['a qubit twice', gate({ controls: [0] }), 'json.operations[0].targets[0]'],
    [
      'a state that is none',
      gate({ controls: [1], controlStates: [3] }),
      'json.operations[0].controlStates',
    ],
    ['an unknown field of a gate', gate({ label: 'a' }), 'json.operations[0].label'],
    ['an angle as text', angle('pi'), 'json.operations[0].params[0]'],
    ['an angle null', angle(null), 'json.operations[0].params[0]'],
    ['an angle without items', angle({}), 'json.operations[0].params[0].postfix'],
    ['an angle with more', angle({ postfix: [1], x: 1 }), 'json.operations[0].params[0].x'],
    ['an empty expression', angle({ postfix: [] }), 'json.operations[0].params[0].postfix'],
    ['too few operands', angle({ postfix: [1, 'add'] }), 'json.operations[0].params[0].postfix'],
    ['operands after', angle({ postfix: ['neg', 1] }), 'json.operations[0].params[0].postfix'],
    ['too many operands', angle({ postfix: [1, 2] }), 'json.operations[0].params[0].postfix'],
    [
      'an unknown function',
      angle({ postfix: [1, 'sinh'] }),
      'json.operations[0].params[0].postfix[1]',
    ],
    [
      'a member name',
      angle({ postfix: [1, 'toString'] }),
      'json.operations[0].params[0].postfix[1]',
    ],
    [
      'a bad parameter',
      angle({ postfix: [{ parameter: '1' }] }),
      'json.operations[0].params[0].postfix[0]',
    ],
    ['an item null', angle({ postfix: [null] }), 'json.operations[0].params[0].postfix[0]'],
    [
      'an expression too long',
      angle({ postfix: [1, ...Array<string>(LIMITS.expressionItems).fill('neg')] }),
      'json.operations[0].params[0].postfix',
    ],
  ])('%s', (_, json, argument) => {
    expect(argumentOf(() => Circuit.fromJSON(json))).toBe(argument);
  });

  test('indices out of range, sizes over the limits, a jump without a loop', () => {
    expect(codeOf(() => Circuit.fromJSON(gate({ targets: [2] })))).toBe('ERR_QUBIT_RANGE');
    const bits = altered((json) => (json['bits'] = []));
    expect(codeOf(() => Circuit.fromJSON(bits))).toBe('ERR_BIT_RANGE');
    const large = altered((json) => (json['qubits'] = [{ name: 'q', size: 1e9 }]));
    expect(codeOf(() => Circuit.fromJSON(large))).toBe('ERR_LIMIT');
    const outside = altered((json) => (json['operations'] = [{ kind: 'break' }]));
    expect(codeOf(() => Circuit.fromJSON(outside))).toBe('ERR_INVALID_ARGUMENT');
  });

  test('a field __proto__ is an unknown field', () => {
    const text = '{"qmlx":1,"qubits":[],"bits":[],"operations":[],"__proto__":{}}';
    expect(argumentOf(() => Circuit.fromJSON(JSON.parse(text)))).toBe('json.__proto__');
  });
});

test('what was read shares nothing with the data', () => {
  const json = JSON.parse(JSON.stringify(rich)) as { operations: { targets?: number[] }[] };
  const read = Circuit.fromJSON(json);
  json.operations[0]!.targets![0] = 2;
  expect(read.equals(rich)).toBe(true);
});
