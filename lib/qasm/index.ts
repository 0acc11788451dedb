export { parse, tryParse } from './parse.js';
export type { ParseOptions, ParseResult } from './parse.js';
export type { IncludeResolver } from './cursor.js';
export type { Diagnostic, DiagnosticCode, Excerpt } from './diagnostics.js';
export { formatDiagnostic, formatDiagnostics } from './format-diagnostic.js';
export { stringify } from './stringify.js';
export type { StringifyOptions } from './stringify.js';
export type { SourcePlace } from './operation-places.js';
export type { ExternFunction } from './lower/lowering.js';
