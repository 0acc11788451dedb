// Texts made to do harm get a typed error soon. Each takes a tenth of a second (bench/qasm-parse measures them), so that
// 10 s are a hang, even where jest transforms the code and other work slows the machine tenfold.

import { describe, expect, it } from '@jest/globals';
import { QuantumError } from '../../../lib/errors.js';
import { formatDiagnostics, parse, type Diagnostic } from '../../../lib/qasm/index.js';
import { hostileTexts } from '../../fixtures/qasm/hostile.js';

const mebi = 2 ** 20;

function outcome(text: string): { error: unknown; milliseconds: number; grown: number } {
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  let error: unknown;
  try {
    parse(text);
  } catch (caught) {
    error = caught;
  }
  const grown = (process.resourceUsage().maxRSS - before) * 1024;
  return { error, milliseconds: performance.now() - start, grown };
}

describe('a hostile text', () => {
  it.each(hostileTexts.map(({ name, code, text }) => [name, code, text] as const))(
    '%s',
    (_, code, text) => {
      const { error, milliseconds, grown } = outcome(text());
      if (!QuantumError.is(error)) throw new Error(`expected a QuantumError, got ${String(error)}`);
      expect(error.code).toBe(code);
      expect(milliseconds).toBeLessThan(10_000);
      expect(grown).toBeLessThan(64 * mebi);
      const { diagnostics } = error as unknown as { diagnostics: readonly Diagnostic[] };
      expect(diagnostics.filter(({ severity }) => severity === 'error').length).toBeLessThanOrEqual(
        100,
      );
      const shown = formatDiagnostics(diagnostics);
      expect(shown.length).toBeLessThan(100_000);
      expect(/[\0-\x09\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\uFEFF]/.test(shown)).toBe(false);
      expect(error.message.length).toBeLessThan(2000);
    },
  );

  it('that never ends its loop is given up', () => {
    const text =
      'OPENQASM 3.0; qubit[2] q; int i; while (true) { i = 1 - i; U(0, 0, i) q[i]; reset q[1 - i]; }';
    expect(() => parse(text)).toThrow('loops may have 262144 rounds');
  });

  it('leaves the prototypes alone', () => {
    expect(() =>
      parse('OPENQASM 2.0; gate __proto__ a {} qreg constructor[1]; __proto__ constructor;'),
    ).not.toThrow();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
