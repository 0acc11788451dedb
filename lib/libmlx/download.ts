// Downloads one file: what is there already is kept, what is cut off goes on, and what is wrong is removed.

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { QuantumError } from '../errors.js';
import { cannotWrite } from './content.js';
import { writeAll, writeThrough } from './durable.js';
import { damaged } from './entry-guard.js';
import {
  failedDownload,
  PassingFailure,
  shown,
  type Answer,
  type HttpClient,
  type Patience,
} from './http.js';

const TRIES = 4;
/** No libmlx comes near it. */
const MOST_BYTES = 4 * 2 ** 30;

/** A file to download. */
export interface Download {
  readonly url: URL;
  /** Where it goes. What is there is the beginning of it. */
  readonly part: string;
  /** Its digest; undefined if nobody knows it. */
  readonly sha256: string | undefined;
  readonly client: HttpClient;
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  /** Called with bytes that are there, and the total or 0. */
  readonly report: (done: number, total: number) => void;
  /** Refuses a file that there is no room for. */
  readonly checkSpace: (bytes: number) => Promise<void>;
}

/**
 * Tries something until it succeeds, four times.
 * @param attempt told whether it is the last one
 */
async function withTries<Result>(
  url: URL,
  { patience, signal }: Pick<Download, 'patience' | 'signal'>,
  attempt: (isLast: boolean) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(tries === TRIES);
    } catch (error) {
      if (signal?.aborted || QuantumError.is(error)) throw error;
      const refusal = refusalOf(error);
      if (refusal !== undefined) throw failedDownload(url, refusal, error);
      if (tries === TRIES) {
        throw failedDownload(url, `${reasonOf(error)}; tried ${TRIES} times`, error);
      }
      const pause = patience.retry * 2 ** (tries - 1) * (0.5 + Math.random());
      await wait(pause, undefined, { signal });
    }
  }
}

/** What another try does not mend: a certificate, or the password of a proxy. */
function refusalOf(error: unknown): string | undefined {
  const { message, code = '' } = error as NodeJS.ErrnoException;
  if (/CERT|^UNABLE_TO_(?:GET|VERIFY)|^INVALID_CA$/.test(code)) {
    return `its certificate is not trusted (${message}). If your network has certificates of its own, let NODE_EXTRA_CA_CERTS name a file with them`;
  }
  return message.includes('Proxy response (407)') ? PROXY_REFUSES : undefined;
}

const PROXY_REFUSES = 'the proxy wants another user or password (407)';

/** A connection that cannot be made to any of several addresses has no message of its own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}

/**
 * Downloads a file and gives its digest.
 *
 * @throws QuantumError ERR_DOWNLOAD after four tries, or at once where another would change nothing; ERR_INTEGRITY if
 *   the content is wrong. The first leaves what has come, so that another download can go on.
 */
export function download(file: Download): Promise<string> {
  return withTries(file.url, file, async (isLast) => {
    const resumed = await sizeOf(file.part);
    const sha256 = await attempt(file, resumed).catch(async (error: unknown) => {
      if (!isDiskFailure(error)) throw error;
      await rm(file.part, { force: true });
      throw cannotWrite(file.part, error);
    });
    if (file.sha256 === undefined || sha256 === file.sha256) return sha256;
    await rm(file.part, { force: true });
    const failure = damaged(shown(file.url), `has the digest ${sha256}, not ${file.sha256}.`);
    // The beginning may have been of another file.
    if (resumed === 0 || isLast) throw failure;
    throw new PassingFailure(failure.message);
  });
}

/** Failures of files and folders; those of connections come with a system call too. */
function isDiskFailure(error: unknown): boolean {
  const { syscall, code = '' } = error as NodeJS.ErrnoException;
  const ofFiles = ['open', 'write', 'ftruncate', 'fsync', 'close', 'stat'];
  return ofFiles.includes(syscall ?? '') && !['EPIPE', 'ECONNRESET'].includes(code);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

async function attempt(file: Download, have: number): Promise<string> {
  const hash = createHash('sha256');
  const range: Record<string, string> = {};
  if (have > 0) {
    await pipeline(createReadStream(file.part), hash, { end: false });
    // It was complete, and its process ended before it was unpacked.
    if (hash.copy().digest('hex') === file.sha256) return file.sha256;
    range['range'] = `bytes=${have}-`;
  }
  const answer = await file.client.get(file.url, range, file.signal);
  // An answer that is not read to its end fails once more when its connection is closed.
  answer.body.on('error', () => undefined);
  const start = await startOf(answer, file, have);
  const length = Number(answer.headers['content-length'] ?? 0);
  const total = length > 0 ? start + length : 0;
  if (total > MOST_BYTES)
    throw failedDownload(file.url, `it has ${total} bytes, more than any libmlx`);
  await file.checkSpace(total - start);
  const target = await open(file.part, start === 0 ? 'w' : 'a');
  try {
    const begun = start === 0 ? createHash('sha256') : hash;
    const sha256 = await receive(answer, { file, target, start, total, hash: begun });
    await writeThrough(target);
    return sha256;
  } finally {
    await target.close();
  }
}

/** From which byte an answer begins; throws for one that is none. */
async function startOf(
  { statusCode, headers }: Answer,
  { url, part }: Download,
  have: number,
): Promise<number> {
  if (statusCode === 206) {
    const first = Number(
      /^bytes (\d+)-/.exec(String(headers['content-range'] ?? ''))?.[1] ?? Number.NaN,
    );
    if (first === have) return have;
  }
  if (statusCode === 206 || statusCode === 416) {
    await rm(part, { force: true });
    throw new PassingFailure('the server sent another part than was asked for');
  }
  refuseStatus(statusCode, url);
  return 0;
}

function refuseStatus(status: number, url: URL): void {
  if (status === 200) return;
  const problem = status === 407 ? PROXY_REFUSES : `the server answered ${status}`;
  if ([408, 425, 429].includes(status) || status >= 500) throw new PassingFailure(problem);
  throw failedDownload(url, problem);
}

interface Receiving {
  readonly file: Download;
  readonly target: FileHandle;
  readonly start: number;
  readonly total: number;
  readonly hash: Hash;
}

async function receive(
  { body }: Answer,
  { file, target, start, total, hash }: Receiving,
): Promise<string> {
  const { slow, slowBytes } = file.patience;
  let done = start;
  let window = { since: Date.now(), done };
  file.report(done, total);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    await writeAll(target, chunk);
    hash.update(chunk);
    done += chunk.length;
    if (done > MOST_BYTES) throw failedDownload(file.url, 'it does not end');
    file.report(done, total);
    const now = Date.now();
    if (now - window.since > slow) {
      if (done - window.done < slowBytes) throw new PassingFailure('the server is too slow');
      window = { since: now, done };
    }
  }
  if (total > 0 && done !== total) throw new PassingFailure('the connection was cut off');
  return hash.digest('hex');
}

/** A short text, such as a digest beside a file. */
export function downloadText(
  url: URL,
  reader: Pick<Download, 'client' | 'patience' | 'signal'>,
): Promise<string> {
  return withTries(url, reader, async () => {
    const answer = await reader.client.get(url, {}, reader.signal);
    answer.body.on('error', () => undefined);
    refuseStatus(answer.statusCode, url);
    let text = '';
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      text += chunk.toString('latin1');
      if (text.length > 4096) throw failedDownload(url, 'it is longer than a digest');
    }
    return text;
  });
}
