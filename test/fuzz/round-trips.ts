// Circuits of every kind that OpenQASM can write, and what must hold of the texts that come out. The same number makes
// the same circuit.

import { circuit, qasm, QuantumError, type Circuit } from 'qmlx';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { decisionCircuit, distributionOf, randomDecisions } from '../reference/decisions.js';
import { RandomStream } from '../reference/random.js';
import { randomAngle, randomCircuit } from '../reference/random-circuit.js';
import { distance, genericState, stateOf } from '../unit/qasm/states.js';

const { format, parse, stringify } = qasm;

/** Gates that OpenQASM 2 has under the names of the table. */
const NATIVE = GATES.filter(({ qasm2, controls }) => qasm2 !== '' && controls >= 0);

/** Any number that an angle can be: fractions of pi, and doubles of every size. */
function anyAngle(random: RandomStream): number {
  return random.pick([
    () => randomAngle(random),
    () => (random.integer(-99, 99) * Math.PI) / random.integer(1, 99),
    () => Math.PI / 2 ** random.integer(-40, 40),
    () => (random.uniform() - 0.5) * 10 ** random.integer(-300, 300),
  ])();
}

function registers(random: RandomStream, letter: string, most: number): Record<string, number> {
  const count = random.integer(letter === 'q' ? 1 : 0, most);
  const list = Array.from({ length: count }, (_, k) => [`${letter}${k}`, random.integer(1, 3)]);
  return Object.fromEntries(list) as Record<string, number>;
}

/** A circuit that both versions can express gate by gate. */
function expressible(random: RandomStream): Circuit {
  const shape = { qubits: registers(random, 'q', 3), bits: registers(random, 'c', 3) };
  const c: Circuit = circuit(shape);
  const all = Array.from({ length: c.qubits }, (_, k) => k);
  const rows = NATIVE.filter((row) => row.controls + row.targets <= c.qubits);
  for (let steps = random.integer(0, 20); steps > 0; steps -= 1) {
    const row = random.pick(rows);
    const angles = row.params.map(() => anyAngle(random));
    c.gate(row.name, angles, random.sample(all, row.controls + row.targets));
    if (random.chance(0.2)) c.barrier(random.sample(all, random.integer(1, c.qubits)));
    if (random.chance(0.1)) c.reset(random.pick(all));
    if (random.chance(0.1) && c.bits > 0)
      c.measure(random.pick(all), random.integer(0, c.bits - 1));
  }
  return c;
}

/** One gate of the table under as many further controls as there is room for. */
function controlled(random: RandomStream): Circuit {
  const row = random.pick(GATES);
  const own = Math.max(0, row.controls);
  const inner = circuit(row.targets + own) as Circuit;
  const places = Array.from({ length: row.targets + own }, (_, k) => k);
  inner.gate(
    row.name,
    row.params.map(() => anyAngle(random)),
    places,
  );
  const extra = random.integer(0, 2);
  const state = Array.from({ length: extra }, () => random.pick(['0', '1'])).join('');
  const all: Circuit =
    extra === 0 ? inner : inner.controlled(extra, random.chance(0.5) ? { state } : {});
  return circuit(5).compose(all, { qubits: random.sample([0, 1, 2, 3, 4], all.qubits) });
}

/** The text of a circuit; laying it out must change nothing, also not the second time. */
function written(c: Circuit, version: 2 | 3): string {
  const text = stringify(c, { version });
  const laidOut = format(text);
  if (format(laidOut) !== laidOut) throw new Error(`laying out twice changes\n${text}`);
  if (stringify(parse(laidOut), { version }) !== stringify(parse(text), { version })) {
    throw new Error(`laying out changes the meaning of\n${text}`);
  }
  return text;
}

function checkSame(c: Circuit, version: 2 | 3): void {
  const text = written(c, version);
  const read = parse(text);
  if (!read.equals(c)) throw new Error(`another circuit comes from\n${text}`);
  if (stringify(read, { version }) !== text) throw new Error(`another text comes from\n${text}`);
}

/** Whether a text acts as its circuit, from a state without symmetry; angles of 10^8 lose digits in sums. */
function checkAction(c: Circuit, version: 2 | 3): void {
  const text = written(c, version);
  const initial = genericState(c.qubits);
  const difference = distance(stateOf(parse(text), initial), stateOf(c, initial));
  if (!(difference < 1e-6)) throw new Error(`differs by ${difference}:\n${text}`);
}

/** Whether a text with inputs gives the same amplitudes; OpenQASM has no function `abs`. */
async function checkParameters(
  c: Circuit,
  params: Readonly<Record<string, number>>,
): Promise<void> {
  let text: string;
  try {
    text = written(c, 3);
  } catch (error) {
    if (QuantumError.is(error, 'ERR_UNSUPPORTED') && error.feature === 'the function abs') return;
    throw error;
  }
  const [a, b] = [await c.state({ params }), await parse(text).state({ params })];
  const difference = a.data.findIndex((entry, k) => entry !== b.data[k]);
  if (difference >= 0) throw new Error(`amplitude ${difference >> 1} differs:\n${text}`);
}

async function checkDecisions(random: RandomStream): Promise<void> {
  const list = randomDecisions(random, 3, 3, random.integer(3, 14));
  const made = decisionCircuit(3, 3, list);
  const text = written(made, 3);
  if (!made.measured) return;
  const expected = distributionOf(3, 3, list);
  const exact = await parse(text).exactDistribution();
  for (const key of new Set([...expected.keys(), ...exact.keys()])) {
    const difference = (exact.get(key) ?? 0) - (expected.get(key) ?? 0);
    if (Math.abs(difference) > 2e-6)
      throw new Error(`${key} is likelier by ${difference}:\n${text}`);
  }
}

/** Writes and reads the circuit of a number, and throws where something else comes back. */
export async function checkRoundTrip(input: number): Promise<void> {
  const random = new RandomStream(input);
  const kind = random.integer(0, 9);
  if (kind < 3) {
    const c = expressible(random);
    checkSame(c, 2);
    checkSame(c, 3);
  } else if (kind < 6) {
    const { circuit: c, params } = randomCircuit(
      random,
      random.integer(1, 5),
      random.integer(0, 12),
    );
    if (c.parameters.length > 0) await checkParameters(c, params);
    else {
      checkSame(c, 3);
      checkAction(c, 2);
    }
  } else if (kind < 9) checkSame(controlled(random), 3);
  else await checkDecisions(random);
}
