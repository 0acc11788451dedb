// What is read of OpenQASM 3 against the grammar of its specification, and against the specification's own texts where
// a checkout of its repository is named by QMLX_OPENQASM.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSyntax } from '../../lib/qasm/read-syntax.js';
import { generatedPrograms } from '../fixtures/qasm/generated-programs.js';

/** Syntax errors of a text, which is OpenQASM 3 if it does not say. */
function syntaxErrors(text: string): string[] {
  const headed = /^OPENQASM\s/m.test(text) ? text : `OPENQASM 3.0;\n${text}`;
  const found = readSyntax(headed, '', () => '').diagnostics.resolve();
  return found
    .filter(({ code, severity }) => severity === 'error' && code !== 'ERR_QASM_UNSUPPORTED')
    .map(({ message }) => message);
}

interface Verdicts {
  readonly count: number;
  readonly seed: number;
  /** One bit a program, in base 64. */
  readonly accepted: string;
}

describe('the grammar of the specification', () => {
  it('accepts and refuses the same generated and damaged programs', () => {
    const file = new URL('../fixtures/qasm/generated-verdicts.json', import.meta.url);
    const { count, seed, accepted } = JSON.parse(readFileSync(file, 'utf8')) as Verdicts;
    const bits = Buffer.from(accepted, 'base64');
    const different = generatedPrograms(count, seed).filter((text, k) => {
      const isAccepted = (((bits[k >> 3] as number) >> (k & 7)) & 1) === 1;
      return (syntaxErrors(text).length === 0) !== isAccepted;
    });
    expect(different).toEqual([]);
    expect(count).toBe(10_000);
  });
});

const specification = process.env['QMLX_OPENQASM'] ?? '';
const isThere = specification !== '' && existsSync(join(specification, 'examples'));
const withSpecification = isThere ? describe : describe.skip;

withSpecification('the texts of the specification (a checkout named by QMLX_OPENQASM)', () => {
  it('its examples are read', () => {
    const folder = join(specification, 'examples');
    const names = readdirSync(folder).filter((name) => name.endsWith('.qasm'));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      // In two of them a comment stands before the header.
      const text = readFileSync(join(folder, name), 'utf8');
      expect({ name, errors: syntaxErrors(text) }).toEqual({ name, errors: [] });
    }
  });

  it('its invalid statements are refused, one by one', () => {
    const folder = join(specification, 'source/grammar/tests/invalid/statements');
    const statements = readdirSync(folder).flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('//')),
    );
    expect(statements.length).toBeGreaterThan(100);
    expect(statements.filter((text) => syntaxErrors(text).length === 0)).toEqual([]);
  });
});
