import type { Excerpt } from './diagnostics.js';
import { printable } from './printable.js';

/** One text and the offset at which it starts in the joint numbering of a {@link SourceMap}. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly base: number;
}

/** Where an offset lies, ready for a diagnostic. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
  readonly excerpt: Excerpt;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = 0xfeff;

/** Code units of a long source line shown before, of and after the place meant. */
const SHOWN_BEFORE = 60;
const SHOWN_MEANT = 200;
const SHOWN_AFTER = 60;

/**
 * The texts of one program, main file and includes, under one numbering of offsets: an offset alone names the file,
 * so that tokens and tree nodes need no file of their own.
 */
export class SourceMap {
  readonly #sources: Source[] = [];
  #end = 0;

  /** Adds a text after all others. One offset is left free between two, for positions at the end of a text. */
  add(name: string, text: string): Source {
    const source = { name: printable(name, 200), text, base: this.#end };
    this.#sources.push(source);
    this.#end += text.length + 1;
    return source;
  }

  /** The source that holds an offset. */
  find(offset: number): Source {
    let low = 0;
    let high = this.#sources.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#sources[middle] as Source).base <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#sources[low] as Source;
  }

  /** The text at an offset. */
  slice(offset: number, length: number): string {
    const source = this.find(offset);
    return source.text.slice(offset - source.base, offset - source.base + length);
  }

  /** A reader of places; asking in ascending order costs one pass over the texts in all. */
  reader(): PlaceReader {
    return new PlaceReader(this);
  }
}

/** Turns offsets into lines and columns, going on from the last place it found where it can. */
export class PlaceReader {
  readonly #sources: SourceMap;
  #source: Source | undefined;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #column = 1;

  constructor(sources: SourceMap) {
    this.#sources = sources;
  }

  locate(offset: number, length: number): Place {
    const source = this.#sources.find(offset);
    const local = offset - source.base;
    this.#seek(source, local);
    return {
      file: source.name,
      line: this.#line,
      column: this.#column,
      offset: local,
      length: Math.min(length, source.text.length - local),
      excerpt: excerptOf(source.text, this.#lineStart, local, length),
    };
  }

  #seek(source: Source, local: number): void {
    const { text } = source;
    if (source !== this.#source || local < this.#at) {
      this.#source = source;
      this.#line = 1;
      this.#column = 1;
      this.#at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
      this.#lineStart = this.#at;
    }
    let [line, lineStart, column] = [this.#line, this.#lineStart, this.#column];
    for (let at = this.#at; at < local; at += 1) {
      const code = text.charCodeAt(at);
      column += 1;
      if (code > CARRIAGE_RETURN && code < 0xd800) continue;
      const next = text.charCodeAt(at + 1);
      if (code === LINE_FEED || (code === CARRIAGE_RETURN && next !== LINE_FEED)) {
        line += 1;
        column = 1;
        lineStart = at + 1;
      } else if (isLeading(code) && isTrailing(next)) {
        column -= 1;
      }
    }
    this.#at = Math.max(this.#at, local);
    this.#line = line;
    this.#lineStart = lineStart;
    this.#column = column;
  }
}

function isLeading(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isTrailing(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

/** The shown part of the line around a place, and where to underline it. */
function excerptOf(text: string, lineStart: number, at: number, length: number): Excerpt {
  const meantEnd = at + Math.min(length, SHOWN_MEANT);
  const last = Math.min(text.length, meantEnd + SHOWN_AFTER);
  let end = at;
  while (end < last && !isLineEnd(text.charCodeAt(end))) end += 1;
  const first = Math.max(lineStart, at - SHOWN_BEFORE);
  const before = (first > lineStart ? '…' : '') + shown(text.slice(first, at));
  const meant = shown(text.slice(at, Math.min(end, meantEnd)));
  const after = shown(text.slice(Math.min(end, meantEnd), end));
  const isCut = end === last && end < text.length && !isLineEnd(text.charCodeAt(end));
  return {
    text: `${before}${meant}${after}${isCut ? '…' : ''}`,
    start: [...before].length,
    length: Math.max([...meant].length, 1),
  };
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', ' '), Number.POSITIVE_INFINITY);
}
