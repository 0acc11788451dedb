// Requests: through the user's proxy, over a few redirects, and never from an encrypted connection to an open one.

import type { Dispatcher } from 'undici';
import { QuantumError } from '../errors.js';
import { isSafeUrl, type Variables } from './variables.js';

const MOST_REDIRECTS = 5;

/** How long each part of a request may take, in milliseconds. */
export interface Patience {
  /** To be connected. */
  readonly connect: number;
  /** To the first byte of an answer, and from one piece of it to the next. */
  readonly idle: number;
  /** In which at least `slowBytes` have to come. */
  readonly slow: number;
  readonly slowBytes: number;
  /** Before the second try; doubled for each further one. */
  readonly retry: number;
}

export const PATIENCE: Patience = {
  connect: 20_000,
  idle: 30_000,
  slow: 60_000,
  slowBytes: 64 * 1024,
  retry: 500,
};

/** An answer whose body has not been read. */
export type Answer = Dispatcher.ResponseData;

/** What makes requests. */
export interface HttpClient {
  readonly get: (
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** A failure that another try may mend. */
export class PassingFailure extends Error {}

/** The error for a place that something could not be fetched from. */
export function failedDownload(url: URL, problem: string, cause?: unknown): QuantumError {
  const source = shown(url);
  const message = `Could not download ${source}: ${problem}. Check the network and the proxy, or name another place with LIBMLX_MIRROR.`;
  return new QuantumError('ERR_DOWNLOAD', message, { source, cause });
}

/** A URL without what is secret in it. */
export function shown({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** Makes a client. It has to be closed. */
export async function openClient(
  { httpProxy, httpsProxy, noProxy }: Pick<Variables, 'httpProxy' | 'httpsProxy' | 'noProxy'>,
  patience: Patience,
): Promise<HttpClient> {
  const { EnvHttpProxyAgent, Pool } = await import('undici');
  // An empty text keeps it from looking at the environment itself.
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: httpProxy?.href ?? '',
    httpsProxy: httpsProxy?.href ?? '',
    noProxy: noProxy ?? '',
    connect: { timeout: patience.connect },
    headersTimeout: patience.idle,
    bodyTimeout: patience.idle,
    // The connection to a proxy has limits of its own, of minutes.
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, headersTimeout: patience.idle }),
  });
  return {
    get: (url, headers, signal) => follow(url, headers, { dispatcher, signal }),
    // What is under way has failed or is no longer wanted.
    close: () => dispatcher.destroy(),
  };
}

async function follow(
  start: URL,
  headers: Readonly<Record<string, string>>,
  { dispatcher, signal }: { dispatcher: Dispatcher; signal: AbortSignal | undefined },
): Promise<Answer> {
  const { request } = await import('undici');
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await request(url, {
      dispatcher,
      headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'qmlx' },
      ...(signal && { signal }),
    });
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string') {
      return answer;
    }
    answer.body.on('error', () => undefined).destroy();
    url = nextUrl(url, location);
  }
  throw failedDownload(start, `it redirects more than ${MOST_REDIRECTS} times`);
}

/** Where a redirect leads to; throws for one that must not be followed. */
export function nextUrl(url: URL, location: string): URL {
  if (!URL.canParse(location, url.href))
    throw failedDownload(url, 'it redirects to something that is no URL');
  const next = new URL(location, url);
  const isSafe = isSafeUrl(next) && (next.protocol === 'https:' || url.protocol !== 'https:');
  if (!isSafe) throw failedDownload(url, `it redirects to ${shown(next)}, which is not encrypted`);
  return next;
}
