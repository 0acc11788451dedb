import { describe, expect, it } from '@jest/globals';
import { QuantumError } from '../../../lib/errors.js';
import { formatDiagnostic, formatDiagnostics, parse, tryParse } from '../../../lib/qasm/index.js';
import { complaints, errorsOf, header2, operationsOf, underlined } from './reading.js';

/** `line:column` of the first error. */
function place(text: string): string {
  const [first] = errorsOf(text);
  return `${first?.line}:${first?.column}`;
}

describe('positions', () => {
  it.each([
    ['line feeds', 'OPENQASM 2.0;\nqreg q[1];\n  ?', '3:3'],
    ['carriage returns', 'OPENQASM 2.0;\rqreg q[1];\r  ?', '3:3'],
    ['both together', 'OPENQASM 2.0;\r\nqreg q[1];\r\n  ?', '3:3'],
    ['a mixture', 'OPENQASM 2.0;\n\rqreg q[1];\r\n\n ?', '5:2'],
    ['tabs as one column', 'OPENQASM 2.0;\n\t\t?', '2:3'],
    ['a byte order mark as none', '\uFEFF?', '1:1'],
    ['an emoji as one column', 'OPENQASM 2.0; /* 😀😀 */ ?', '1:24'],
    ['a combining mark as one more', 'OPENQASM 2.0; /* e\u0301 */ ?', '1:24'],
    ['lines inside comments', 'OPENQASM 2.0; /* a\nb\n */ ?', '3:5'],
    ['the end of the text', 'OPENQASM 2.0;\ngate g a {\n', '3:1'],
  ])('counts %s', (_, text, expected) => {
    expect(place(text)).toBe(expected);
  });

  it('gives offsets in UTF-16 units, to slice the text with', () => {
    expect(underlined('OPENQASM 2.0; /* 😀 */ qreg q[1]; nothing q;')).toBe('nothing');
    expect(underlined(`${header2}qreg q[2];\r\nx q[2];`)).toBe('q[2]');
    expect(underlined(`${header2}qreg q[2]; cx q [ 0 ], q[0];`)).toBe('q[0]');
  });

  it('puts a missing semicolon after the statement that needs it', () => {
    expect(place('OPENQASM 2.0;\nqreg q[1]   // one\ncreg c[1];')).toBe('2:10');
    expect(place('OPENQASM 2.0;\nqreg q[1]')).toBe('2:10');
  });

  it('names the file', () => {
    expect(errorsOf('?')[0]?.file).toBe('<text>');
    expect(errorsOf('?', { file: 'a/b.qasm' })[0]?.file).toBe('a/b.qasm');
    expect(errorsOf('?', { file: 'a\u202Eb\n.qasm' })[0]?.file).toBe('a\\u{202E}b\\u{A}.qasm');
  });

  it('sorts what the parser and the analysis find', () => {
    const text = `${header2}qreg q[1];\nhh q;\nx q\ny q;\nzz q;`;
    expect(errorsOf(text).map(({ line }) => line)).toEqual([4, 5, 7]);
  });
});

describe('formatDiagnostic', () => {
  const shown = (text: string): string[] => {
    const [first] = errorsOf(text, { file: 'f.qasm' });
    return first === undefined ? [] : formatDiagnostic(first).split('\n');
  };

  it('shows place, message, line, carets and hint', () => {
    expect(shown(`${header2}qreg q[2];\nCY q[0], q[1];`)).toEqual([
      'f.qasm:4:1: error: `CY` is not a gate that is declared here',
      '4 | CY q[0], q[1];',
      '  | ^^',
      '  = hint: did you mean `cy`?',
    ]);
  });

  it('aligns carets after tabs and wide margins', () => {
    const lines = shown(`${header2}${'\n'.repeat(100)}\tqreg\tq[0x1];`);
    expect(lines.slice(1)).toEqual(['103 |  qreg q[0x1];', '    |         ^^^']);
  });

  it('shows one caret at the end of the text', () => {
    expect(shown('OPENQASM 2.0')[2]).toBe('  |             ^');
  });

  it('escapes what a terminal would obey', () => {
    const [message, line, carets] = shown('OPENQASM 2.0; \u001B[31m\u202Ex');
    expect(message).toBe('f.qasm:1:15: error: unexpected character `\\u{1B}` (U+001B)');
    expect(line).toBe('1 | OPENQASM 2.0; \\u{1B}[31m\\u{202E}x');
    expect(carets).toBe('  |               ^^^^^^');
  });

  it('cuts long lines around the place and long names', () => {
    const text = `${header2}qreg q[1]; ${'x q; '.repeat(1000)}${'n'.repeat(1000)} q; ${'x q; '.repeat(1000)}`;
    const [message, line, carets] = shown(text) as [string, string, string];
    expect(message).toContain(`\`${'n'.repeat(60)}…\``);
    expect(line.length).toBeLessThan(400);
    expect(line).toMatch(/^3 \| ….*…$/);
    expect(carets.indexOf('^')).toBe(line.indexOf('n'));
  });

  it('joins several with blank lines', () => {
    const result = tryParse('OPENQASM 2.0; h q; x q;');
    const text = result.ok ? '' : formatDiagnostics(result.diagnostics);
    expect(text.split('\n\n')).toHaveLength(3);
    expect(formatDiagnostics([])).toBe('');
  });

  it('marks warnings', () => {
    const result = tryParse('qreg q[1];');
    expect(result.ok && formatDiagnostics(result.warnings).split('\n')).toEqual([
      '<text>:1:1: warning: no version is declared; reading this as OpenQASM 2',
      '1 | qreg q[1];',
      '  | ^^^^',
      '  = hint: begin with OPENQASM 2.0;',
    ]);
  });
});

describe('hints', () => {
  it.each([
    ['sdgg q;', 'did you mean `sdg`?'],
    ['H q;', 'did you mean `h`?'],
    ['ccnot q;', undefined],
    ['swpa q, q;', 'did you mean `swap`?'],
    ['toffoli q;', undefined],
    ['x qq;', 'did you mean `q`?'],
    ['rx(Pi) q;', 'did you mean `pi`?'],
    ['rx(sine(1)) q;', 'did you mean `sin`?'],
    ['rx(zeta(1)) q;', 'functions: sin cos tan exp ln sqrt'],
    [`${'h'.repeat(40)} q;`, undefined],
  ])('%s', (statement, hint) => {
    expect(errorsOf(`${header2}qreg q[1]; ${statement}`)[0]?.hint).toBe(hint);
  });

  it('asks for the include that has the gate', () => {
    expect(errorsOf('OPENQASM 2.0; qreg q[1]; h q;')[0]?.hint).toBe('include "qelib1.inc";');
    expect(errorsOf('OPENQASM 3.0; qubit q; h q;')[0]?.hint).toBe('include "stdgates.inc";');
  });

  it('says each unknown name once', () => {
    expect(complaints('OPENQASM 2.0; qreg q[1]; h q; h q; h q; x q;')).toHaveLength(2);
  });
});

describe('several errors', () => {
  it('goes on after each statement', () => {
    const text = `${header2}qreg q[;\nqreg 2;\nx q[0;\n)\nqreg q[2];`;
    expect(errorsOf(text).map(({ line }) => line)).toEqual([3, 4, 5, 6]);
  });

  it('skips a body with its head', () => {
    const text = `${header2}gate g( a { h a; x a; }\nqreg q[1];\nx q[;`;
    expect(errorsOf(text).map(({ line }) => line)).toEqual([3, 5]);
  });

  it('stays in a body', () => {
    const text = `${header2}gate g a { h ; x a; }\nqreg q[1];\ng q[;`;
    expect(errorsOf(text).map(({ line }) => line)).toEqual([3, 5]);
  });

  it('finds a statement on the next line', () => {
    const text = `${header2}qreg q[1\nqreg r[1\ncreg c[1];`;
    expect(errorsOf(text).map(({ line }) => line)).toEqual([4, 5]);
  });

  it('stops after 100', () => {
    expect(errorsOf(`${header2}${'? '.repeat(500)}`)).toHaveLength(100);
    expect(errorsOf(`${header2}${'qreg;\n'.repeat(500)}`)).toHaveLength(100);
  });
});

describe('thrown errors', () => {
  const thrown = (text: string): QuantumError => {
    try {
      parse(text, { file: 'f.qasm' });
    } catch (error) {
      if (QuantumError.is(error)) return error;
    }
    throw new Error('expected a QuantumError');
  };

  it.each([
    ['ERR_QASM_SYNTAX', 'OPENQASM 2.0; qreg'],
    ['ERR_QASM_SEMANTIC', 'OPENQASM 2.0; qreg q[1]; h q;'],
    ['ERR_QASM_UNSUPPORTED', 'OPENQASM 3.0; extern f(); f();'],
    ['ERR_LIMIT', 'OPENQASM 2.0; qreg q[35];'],
  ])('have the code %s', (code, text) => {
    const error = thrown(text);
    expect(error.code).toBe(code);
    expect((error as unknown as { diagnostics: unknown[] }).diagnostics).toHaveLength(1);
  });

  it('take the code of the first error', () => {
    expect(thrown('OPENQASM 2.0; h q;\nqreg q[1]\n').code).toBe('ERR_QASM_SEMANTIC');
  });

  it('show the first error in full and count the others', () => {
    const { message } = thrown('OPENQASM 2.0;\nh q;\nx q;');
    expect(message).toMatch(
      /^f\.qasm:2:1: error: [^]*\n2 \| h q;\n {2}\| \^\n[^]*\nand 2 more \(see diagnostics\)$/,
    );
    expect(thrown('OPENQASM 2.0; qreg').message).not.toContain('more');
  });

  it('carry the figures of a limit', () => {
    expect(thrown('OPENQASM 2.0; qreg q[30]; qreg r[5];')).toMatchObject({
      limit: 'qubits',
      maximum: 34,
      received: 35,
    });
  });

  it('refuse arguments of wrong types by name', () => {
    const parseAny = parse as (...values: unknown[]) => unknown;
    expect(() => parseAny(1)).toThrow('text');
    expect(() => parseAny(Buffer.from('x'))).toThrow('text');
    expect(() => parseAny('', { file: 1 })).toThrow('options.file');
    expect(() => parseAny('', { include: 'x' })).toThrow('options.include');
    expect(() => parseAny('', { inclde: 'x' })).toThrow('inclde');
    expect(() => parseAny('', { extern: { f: 1 } })).toThrow('options.extern');
    expect(() => parseAny('', { extern: 1 })).toThrow('options.extern');
    expect(() => parseAny('', null)).toThrow('options');
  });
});

describe('includes', () => {
  const files = new Map([
    ['pair.inc', 'gate pair a, b { h a; cx a, b; }\n'],
    ['wrong.inc', '// fine\ngate g a { nothing a; }\n'],
    ['broken.inc', 'gate g a { h a;'],
    ['nested.inc', 'include "pair.inc"; gate two a, b { pair a, b; }'],
    ['loop.inc', 'include "loop.inc";'],
    ['header.inc', 'OPENQASM 2.0;'],
    ['empty.inc', ''],
  ]);
  const include = (name: string): string | undefined => files.get(name);

  it('reads files of the caller in place', () => {
    const text = `${header2}include "pair.inc"; qreg q[2]; pair q[0], q[1];`;
    expect(operationsOf(text, { include })).toEqual(['h 0', 'cx 0 1']);
    const nested = `${header2}include 'nested.inc'; include "empty.inc"; qreg q[2]; two q[0], q[1];`;
    expect(operationsOf(nested, { include })).toEqual(['h 0', 'cx 0 1']);
  });

  it('never asks for the built-in files', () => {
    const asked: string[] = [];
    const spy = (name: string): string | undefined => {
      asked.push(name);
      return '';
    };
    expect(operationsOf(`${header2}include "a.inc"; qreg q[1]; h q;`, { include: spy })).toEqual([
      'h 0',
    ]);
    expect(asked).toEqual(['a.inc']);
  });

  it('places errors in the included file and after it', () => {
    const text = `${header2}include "wrong.inc";\nqreg q[1];\nzz q;`;
    const found = errorsOf(text, { include, file: 'main.qasm' });
    expect(found.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'main.qasm:5:1',
      'wrong.inc:2:12',
    ]);
    expect(found[1]?.excerpt.text).toBe('gate g a { nothing a; }');
  });

  it.each([
    ['missing.inc', '3:9 SEMANTIC cannot include `missing.inc`'],
    ['loop.inc', '1:9 ERR_LIMIT includes may nest 64 deep; does a file include itself?'],
    ['header.inc', '1:1 SYNTAX OPENQASM cannot stand in an included file'],
  ])('refuses %s', (name, complaint) => {
    expect(complaints(`${header2}include "${name}";`, { include })).toEqual([complaint]);
  });

  it('closes a block that an included file left open at the end of the text', () => {
    const text = `${header2}include "broken.inc"; } qreg q[1]; g q;`;
    expect(operationsOf(text, { include })).toEqual(['h 0']);
  });

  it('reads no file by itself', () => {
    expect(complaints('OPENQASM 2.0;\ninclude "/etc/passwd";')).toEqual([
      '2:9 SEMANTIC cannot include `/etc/passwd`',
    ]);
    expect(errorsOf('OPENQASM 2.0;\ninclude "a.inc";')[0]?.hint).toContain('`include`');
  });

  it('counts the bytes of all files', () => {
    const big = () => `//${' '.repeat(6 * 2 ** 20)}`;
    const text = 'OPENQASM 2.0; include "a"; include "b"; include "c";';
    expect(complaints(text, { include: big })[0]).toContain('16777216 bytes');
  });

  it('lets an error of the resolver through', () => {
    const failing = (): string => {
      throw new Error('disk on fire');
    };
    expect(() => parse('OPENQASM 2.0; include "a";', { include: failing })).toThrow('disk on fire');
  });
});

describe('the places of operations', () => {
  it('are those of their statements, in both versions; other operations have none', () => {
    for (const text of [
      'OPENQASM 2.0;\nqreg q[1];\nU(1, 2, 3) q[0];',
      'OPENQASM 3.0;\nqubit q;\nU(1, 2, 3) q;',
    ]) {
      const read = tryParse(text, { file: 'f.qasm' });
      if (!read.ok) throw new Error('expected a circuit');
      const [operation] = read.circuit.operations;
      expect(operation && read.placeOf(operation)).toMatchObject({
        file: 'f.qasm',
        line: 3,
        column: 1,
      });
      expect(read.placeOf({ kind: 'reset', qubit: 0 })).toBeUndefined();
    }
  });
});
