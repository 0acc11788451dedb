export { parse, tryParse } from './parse.js';
export type { ParseOptions, ParseResult } from './parse.js';
export type { IncludeResolver } from './cursor.js';
export type { Diagnostic, DiagnosticCode, Excerpt } from './diagnostics.js';
export { formatDiagnostic, formatDiagnostics } from './format-diagnostic.js';
