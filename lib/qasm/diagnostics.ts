import type { SourceMap } from './source.js';

/**
 * What a {@link Diagnostic} is about: text that cannot be read, text that means nothing, a construct that qmlx does
 * not simulate, or a limit of `LIMITS`.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const read = qasm.tryParse('OPENQASM 2.0; qreg q[1] x q;');
 * const codes: qasm.DiagnosticCode[] = read.ok ? [] : read.diagnostics.map((d) => d.code);
 * codes[0]; // => 'ERR_QASM_SYNTAX'
 * ```
 */
export type DiagnosticCode =
  'ERR_QASM_SYNTAX' | 'ERR_QASM_SEMANTIC' | 'ERR_QASM_UNSUPPORTED' | 'ERR_LIMIT';

/**
 * The source line of a diagnostic as a terminal can show it: control characters escaped, tabs as one space, long
 * lines cut. `start` and `length` count the code points to underline.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const read = qasm.tryParse('OPENQASM 2.0;\nqreg\tq[99];');
 * const excerpt: qasm.Excerpt | undefined = read.ok ? undefined : read.diagnostics[0]?.excerpt;
 * excerpt; // => { text: 'qreg q[99];', start: 5, length: 1 }
 * ```
 */
export interface Excerpt {
  readonly text: string;
  readonly start: number;
  readonly length: number;
}

/**
 * One problem in an OpenQASM text.
 *
 * Lines and columns start at 1. A column counts Unicode code points, so a tab or an emoji is one column; a line ends
 * at `\n`, `\r\n` or `\r`; a byte order mark takes no column. `offset` and `length` count UTF-16 units:
 * `text.slice(offset, offset + length)` is the place meant.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const read = qasm.tryParse('OPENQASM 2.0;\nqreg q[1];\nCY q;', { file: 'a.qasm' });
 * const first: qasm.Diagnostic | undefined = read.ok ? undefined : read.diagnostics[0];
 * first?.line; // => 3
 * first?.column; // => 1
 * first?.file; // => 'a.qasm'
 * ```
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Name of the source: the `file` option, an included name, or `<text>`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
  /** What to do about it. */
  readonly hint?: string;
  readonly excerpt: Excerpt;
}

/** The figures of a limit, which become fields of the thrown error. */
export interface LimitFigures {
  readonly limit: string;
  readonly maximum: number;
  readonly received: number;
}

interface Finding {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  readonly hint: string | undefined;
}

/** Ends the reading of a text: a limit is passed, or there are too many errors to go on. */
export class Halt extends Error {}

/** More diagnostics than this help nobody, and a hostile text could ask for millions. */
export const MAX_DIAGNOSTICS = 100;

/**
 * Collects findings at offsets of a {@link SourceMap}. Lines and columns are computed once, at the end, in one pass
 * in order of position, so that many findings in a long text stay cheap.
 */
export class Diagnostics {
  readonly #findings: Finding[] = [];
  #errors = 0;
  #warnings = 0;
  #limit: LimitFigures | undefined;
  #isHalted = false;

  constructor(readonly sources: SourceMap) {}

  get errorCount(): number {
    return this.#errors;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** Whether the reading was given up. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  /** The limit that ended the reading, if one did. */
  get limit(): LimitFigures | undefined {
    return this.#limit;
  }

  /** Adds an error; the hundredth throws {@link Halt}. */
  error(
    code: DiagnosticCode,
    offset: number,
    length: number,
    message: string,
    hint?: string,
  ): void {
    this.#findings.push({ code, severity: 'error', message, offset, length, hint });
    this.#errors += 1;
    if (this.#errors >= MAX_DIAGNOSTICS) throw new Halt('too many errors');
  }

  warn(offset: number, length: number, message: string, hint?: string): void {
    if (this.#warnings >= MAX_DIAGNOSTICS) return;
    this.#warnings += 1;
    const code = 'ERR_QASM_SEMANTIC';
    this.#findings.push({ code, severity: 'warning', message, offset, length, hint });
  }

  /** Adds an error about a limit and throws {@link Halt}: nothing after it would be cheap. */
  exceed(offset: number, length: number, message: string, figures: LimitFigures): never {
    this.#limit ??= figures;
    this.error('ERR_LIMIT', offset, length, message);
    throw new Halt(message);
  }

  /** Runs work up to where it is given up; undefined then. */
  untilHalt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (halt) {
      if (!(halt instanceof Halt)) throw halt;
      this.#isHalted = true;
      return undefined;
    }
  }

  /** Runs work whose findings are forgotten again if it returns false. */
  tentatively(work: () => boolean): boolean {
    const { length } = this.#findings;
    const [errors, warnings] = [this.#errors, this.#warnings];
    if (work()) return true;
    this.#findings.length = length;
    this.#errors = errors;
    this.#warnings = warnings;
    return false;
  }

  /** All findings in order of position. */
  resolve(): Diagnostic[] {
    const sorted = this.#findings.sort((a, b) => a.offset - b.offset);
    const reader = this.sources.reader();
    return sorted.map(({ offset, length, hint, ...rest }) => {
      const place = reader.locate(offset, length);
      return { ...rest, ...place, ...(hint === undefined ? {} : { hint }) };
    });
  }
}
