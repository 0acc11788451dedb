// What must hold of any text: a circuit or typed errors with places inside it, soon.

import { qasm, QuantumError } from 'qmlx';

const { format, formatDiagnostic, parse, stringify, tryParse } = qasm;

/** Milliseconds for each 64 KiB that count as a hang. */
const HANG = 1000;
/** Operations beyond which circuits are not written and read again. */
const MANY = 10_000;

const CODES: ReadonlySet<string> = new Set([
  ...['ERR_QASM_SYNTAX', 'ERR_QASM_SEMANTIC', 'ERR_QASM_UNSUPPORTED', 'ERR_LIMIT'],
]);

/** Checks what reading, writing and laying out make of a text; says whether it was read. */
export function checkText(text: string): boolean {
  const result = soon(text, () => tryParse(text));
  checkFormat(text);
  if (result.ok) {
    const { circuit } = result;
    if (circuit.operations.length > MANY) return true;
    const again = parse(stringify(circuit, { version: 3 }));
    if (again.qubits !== circuit.qubits) throw new Error('the text of the circuit is another one');
    const code = codeOf(() => stringify(circuit));
    if (code !== undefined && code !== 'ERR_UNSUPPORTED') throw new Error(`unexpected ${code}`);
    return true;
  }
  for (const diagnostic of result.diagnostics) {
    const { code, severity, offset, length, line, column } = diagnostic;
    if (severity === 'error' && !CODES.has(code)) throw new Error(`unexpected ${code}`);
    const isPlace = offset >= 0 && length >= 0 && line >= 1 && column >= 1;
    if (!isPlace || offset + length > text.length) throw new Error('a place outside the text');
    if (formatDiagnostic(diagnostic).length > 4000) throw new Error('a message without end');
  }
  const first = result.diagnostics.find(({ severity }) => severity === 'error');
  if (codeOf(() => parse(text)) !== first?.code) throw new Error('parse and tryParse disagree');
  return false;
}

function checkFormat(text: string): void {
  let laidOut = '';
  if (codeOf(() => (laidOut = soon(text, () => format(text)))) !== undefined) return;
  if (format(laidOut) !== laidOut) throw new Error('laying out twice changes the text');
}

/** The result of work on a text, which must not take longer than its length allows. */
function soon<T>(text: string, work: () => T): T {
  const most = HANG * Math.max(1, text.length / 65_536);
  const start = performance.now();
  const result = work();
  if (performance.now() - start <= most) return result;
  // Only the processor can tell a slow text from a busy machine.
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1000 > most) throw new Error(`hangs for ${(user + system) / 1000} ms`);
  return result;
}

/** The code of the error that work throws. */
function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (QuantumError.is(error)) return error.code;
    throw error;
  }
}
