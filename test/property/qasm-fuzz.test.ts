// Mutated programs: whatever comes in, a circuit or typed errors come out, and soon. `npm run fuzz:qasm` tries more.

import { describe, expect, it } from '@jest/globals';
import { checkText } from '../fuzz/qasm-checks.js';
import { CORPUS, textOf } from '../fuzz/qasm-texts.js';

const inputs = 10_000;
const seed = 20_250_101;

describe('OpenQASM of any kind', () => {
  it(`gives circuits or typed errors for ${inputs} inputs (seed ${seed})`, () => {
    let read = 0;
    for (let k = 0; k < inputs; k += 1) {
      const text = textOf(seed + k);
      try {
        if (checkText(text)) read += 1;
      } catch (error) {
        throw new Error(`input ${seed + k}: ${JSON.stringify(text)}`, { cause: error });
      }
    }
    expect(read).toBeGreaterThan(inputs / 100);
  });

  it('begins with programs that are read', () => {
    expect(CORPUS.filter((text) => !checkText(text))).toEqual([]);
  });
});
