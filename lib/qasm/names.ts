import { KEYWORDS } from './keywords.js';

/** Numbers every distinct name of a program; keywords come first. A `Map`, so `__proto__` is a name like any other. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  constructor() {
    for (const text of KEYWORDS) this.number(text);
  }

  /** The number of a name, new or known. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.length;
    this.#numbers.set(text, number);
    this.#texts.push(text);
    return number;
  }

  text(number: number): string {
    return this.#texts[number] as string;
  }
}
