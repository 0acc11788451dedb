/** A place in a source text, as it is attached to `ERR_QASM_*` errors. Lines and columns start at 1. */
export interface ErrorDiagnostic {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

interface NoFields {
  readonly cause?: unknown;
}

interface DiagnosticFields {
  /** Every problem found, in the order of the source text. */
  readonly diagnostics: readonly ErrorDiagnostic[];
}

/**
 * The closed set of error codes, each with the fields that a {@link QuantumError} of that code carries.
 *
 * @example
 * ```ts
 * import type { ErrorFields } from 'qmlx';
 * const fields: ErrorFields['ERR_QUBIT_RANGE'] = { qubit: 5, qubits: 2 };
 * fields.qubit; // => 5
 * ```
 */
export interface ErrorFields {
  /** An argument has the wrong type or value. */
  ERR_INVALID_ARGUMENT: { readonly argument: string; readonly received: unknown };
  /** A qubit index outside the circuit. */
  ERR_QUBIT_RANGE: { readonly qubit: number; readonly qubits: number };
  /** A classical bit index outside the circuit, or too few bits. */
  ERR_BIT_RANGE: { readonly bit: number; readonly bits: number };
  /** A parameter without a value, or a value that makes an angle infinite or not a number. */
  ERR_PARAMETER: { readonly parameter: string };
  /** A limit of `LIMITS` would be passed. */
  ERR_LIMIT: {
    readonly limit: string;
    readonly maximum: number;
    readonly received: number;
    /** Where, when a source text passes the limit. */
    readonly diagnostics?: readonly ErrorDiagnostic[];
  };
  /** The circuit measures, so it has no single final state, inverse or power. */
  ERR_MEASURED: NoFields;
  /** The circuit is frozen. */
  ERR_FROZEN: NoFields;
  /** OpenQASM text that cannot be read. */
  ERR_QASM_SYNTAX: DiagnosticFields;
  /** OpenQASM text that reads well and means nothing, such as an unknown name. */
  ERR_QASM_SEMANTIC: DiagnosticFields;
  /** OpenQASM text that this version cannot simulate. */
  ERR_QASM_UNSUPPORTED: DiagnosticFields;
  /** The state does not fit; nothing was allocated. Sizes in bytes. */
  ERR_OUT_OF_MEMORY: {
    readonly requiredBytes: number;
    readonly availableBytes: number;
    readonly largestQubitCount: number;
  };
  /** The engine asked for is not on this machine. */
  ERR_BACKEND_UNAVAILABLE: { readonly device: string };
  /** The engine reported a failure. */
  ERR_BACKEND_FAILED: { readonly device: string };
  /** A native library was built for another version. */
  ERR_ABI_MISMATCH: { readonly expected: string; readonly received: string };
  /** A file does not have the content it was published with. */
  ERR_INTEGRITY: { readonly file: string };
  /** A download failed. */
  ERR_DOWNLOAD: { readonly source: string };
  /** The norm of the state is off by more than 1e-3, or an amplitude is not finite. */
  ERR_NUMERIC: { readonly norm: number };
  /** An assertion of the circuit does not hold. */
  ERR_ASSERTION: NoFields;
  /** A request that this version does not serve. */
  ERR_UNSUPPORTED: { readonly feature: string };
  /** An optional package is not installed. */
  ERR_MISSING_DEPENDENCY: { readonly dependency: string };
  /** The object was disposed. */
  ERR_DISPOSED: NoFields;
  /** A program is already running; only its synchronous methods throw this. */
  ERR_BUSY: NoFields;
  /** A defect of qmlx. */
  ERR_INTERNAL: NoFields;
}

/**
 * Code of a {@link QuantumError}.
 *
 * @example
 * ```ts
 * import type { ErrorCode } from 'qmlx';
 * const code: ErrorCode = 'ERR_QUBIT_RANGE';
 * code.length; // => 15
 * ```
 */
export type ErrorCode = keyof ErrorFields;

/** What the constructor of {@link QuantumError} takes after the message: a cause and the fields of the code. */
export type ErrorDetails<C extends ErrorCode> = { cause?: unknown } & {
  [K in C]: Partial<ErrorFields[K]>;
}[C];

const BRAND = Symbol.for('qmlx.QuantumError');

/**
 * The one error class of qmlx. `code` says what went wrong; the fields of `ErrorFields[code]` say with which
 * values. Messages say what was expected, what came, and what to do.
 *
 * @example
 * ```ts
 * import { circuit, QuantumError } from 'qmlx';
 * const size: number = 2;
 * try {
 *   circuit(size).h(5);
 * } catch (error) {
 *   if (QuantumError.is(error, 'ERR_QUBIT_RANGE')) error.qubits; // => 2
 * }
 * ```
 */
export class QuantumError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;

  constructor(code: C, message: string, details: ErrorDetails<C> = {}) {
    const { cause, ...fields } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, fields);
    Object.defineProperty(this, BRAND, { value: true });
  }

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'QuantumError', writable: true });
  }

  /**
   * Tells whether a caught value is a {@link QuantumError}, of a given code where one is named. It also
   * recognises errors of another copy of qmlx in the same process.
   *
   * @example
   * ```ts
   * import { QuantumError } from 'qmlx';
   * QuantumError.is(new Error('no')); // => false
   * ```
   */
  static is<C extends ErrorCode = ErrorCode>(
    value: unknown,
    code?: C,
  ): value is QuantumError<C> & ErrorFields[C] {
    if (typeof value !== 'object' || value === null || !(BRAND in value)) return false;
    return code === undefined || (value as { readonly code?: unknown }).code === code;
  }
}
