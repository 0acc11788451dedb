import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { QuantumError } from '../../../lib/errors.js';
import { format, tryParse } from '../../../lib/qasm/index.js';
import { RandomStream } from '../../reference/random.js';

const programs = Object.values(
  JSON.parse(
    readFileSync(new URL('../../fixtures/qasm/programs.json', import.meta.url), 'utf8'),
  ) as Record<string, string>,
);

const three = `OPENQASM 3.0;
// first
include "stdgates.inc";

/* two
   lines */
const int n = 2; // size
qubit[n] q;
array[int[8], 2, 2] a = {{1, -2}, {3, 4}};

gate g(θ) x1, y1 {
  // inside
  ctrl @ rx(-θ / 2) x1, y1;
}
def f(qubit a, int k) -> bit {
  if (!(k == 1)) {
    x a;
  } else if (k > 3 && k < 5) { } else {
    return measure a; /* why */
  }
  return 0;
}
@note anything at all
bit c = f(q[0], -1);
#pragma keep   this
for int i in [0:n - 1] {
  switch (i) {
    case 0, 1 {
      pow(2) @ x q[i];
    }
    default { }
  }
}
for int i in {1, 2} x q[{0, 1}];
cal {  weird {text}  }
delay[10ns] q;
`;

describe('format', () => {
  it('leaves alone what is laid out', () => {
    expect(format(three)).toBe(three);
  });

  it('lays out a line', () => {
    expect(format('OPENQASM 2.0;qreg q[2];creg c[2];if(c==1)U(0,-pi/2,2)q[0];measure q->c;')).toBe(
      'OPENQASM 2.0;\nqreg q[2];\ncreg c[2];\nif (c == 1) U(0, -pi / 2, 2) q[0];\nmeasure q -> c;\n',
    );
  });

  it('keeps comments in any place', () => {
    const text =
      'OPENQASM 3.0; // a\nU(/* b */0, // c\n0, 0) /* d */ $0; /* e */ /* f */\n\n\n// g';
    const laidOut = format(text);
    for (const comment of ['// a', '/* b */', '// c', '/* d */', '/* e */', '/* f */', '// g']) {
      expect(laidOut).toContain(comment);
    }
    expect(format(laidOut)).toBe(laidOut);
  });

  it('puts nothing behind a comment that takes the rest of its line', () => {
    const text = 'while (c) // one\n// two\n/* three\nlines */\nreset q;\nc = // four\n1;\n';
    const laidOut =
      'while (c) // one\n  // two\n  /* three\nlines */ reset q;\nc = // four\n  1;\n';
    expect(format(text)).toBe(laidOut);
    expect(format(laidOut)).toBe(laidOut);
  });

  it('leaves a first comment on its line', () => {
    expect(format('\n\n/* a */\nbit c;')).toBe('/* a */\nbit c;\n');
    expect(format('/* a */\nbit c;')).toBe('/* a */\nbit c;\n');
    expect(format('/* a */ bit c;')).toBe('/* a */\nbit c;\n');
    expect(format(' /* a\nb */\nbit c;')).toBe('/* a\nb */\nbit c;\n');
    expect(format('\uFEFF/* a */ bit c;')).toBe('/* a */\nbit c;\n');
  });

  it('keeps blank lines between statements and none inside of them', () => {
    expect(format('x\n\n// a\n\nq;\n\n\ny q;')).toBe('x // a\n  q;\n\ny q;\n');
  });

  it('refuses what is no text', () => {
    expect(() => (format as (text: unknown) => string)(7)).toThrow('Expected text to be a string');
  });

  it('does not follow includes', () => {
    expect(format('OPENQASM 2.0; include "mine.inc"; ')).toContain('include "mine.inc";\n');
  });

  it('refuses what cannot be read', () => {
    expect.assertions(1);
    try {
      format('OPENQASM 3.0; x q');
    } catch (error) {
      expect(QuantumError.is(error, 'ERR_QASM_SYNTAX')).toBe(true);
    }
  });

  it('changes blanks alone, and nothing the second time', () => {
    const random = new RandomStream(7);
    const squeezed = (text: string): string => text.replace(/\s+/g, '');
    let laidOut = 0;
    for (const program of [...programs, three]) {
      if (program.includes('3.5')) continue; // No version that exists.
      for (let k = 0; k < 20; k += 1) {
        const pieces =
          program.match(
            /\/\/[^\n]*\n|\/\*[^]*?\*\/|[#@][^\n]*\n|"[^"\n]*"|\d[\w.]*|\w+|\s+|[^\w\s]/g,
          ) ?? [];
        // Blanks between pieces become others, line ends among them; some pieces get a comment.
        const text = pieces
          .map((piece) =>
            /^\s+$/.test(piece)
              ? random.pick([' ', '\n', '\n\n\n', ' /* note */ ', ' // note\n'])
              : piece,
          )
          .join('');
        if (!readable(text)) continue;
        const once = format(text);
        laidOut += 1;
        expect(squeezed(once)).toBe(squeezed(text));
        expect(format(once)).toBe(once);
      }
    }
    expect(laidOut).toBeGreaterThan(500);
  });
});

function readable(text: string): boolean {
  const read = tryParse(text);
  return (
    read.ok ||
    read.diagnostics.every(({ code }) => code !== 'ERR_QASM_SYNTAX' && code !== 'ERR_LIMIT')
  );
}
