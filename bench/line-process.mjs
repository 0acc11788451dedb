// A child process that answers each line on its standard input with a line on its standard output.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export class LineProcess {
  #child;
  #lines;
  #name;

  constructor(command, args) {
    this.#name = [command, ...args].join(' ');
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.on('error', () => this.#child.stdout.destroy());
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line the process writes. */
  async read() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`The process ended before it answered: ${this.#name}`);
    return value;
  }

  /** Sends a line and waits for the answer. */
  async ask(line) {
    this.#child.stdin.write(`${line}\n`);
    return this.read();
  }

  /** Ends the process. */
  close() {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
