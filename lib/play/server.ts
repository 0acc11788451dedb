// The server behind the page: on this machine only, for whoever knows the token in the URL it prints.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { info, LIMITS, VERSION } from '../index.js';
import { EngineProcess } from './engine-process.js';
import {
  ASKED_AGAIN,
  type Failure,
  type QuestionName,
  type Questions,
  type StartAnswer,
} from './protocol.js';

const HOST = '127.0.0.1';

/** Files of the page by path, with their types. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html'],
  '/app.js': ['app.js', 'text/javascript'],
  '/style.css': ['style.css', 'text/css'],
};

// Styles within the page are those of the editor and of pictures.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
  "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const;

/** What is served. */
export interface PlayOptions {
  /** Name of the text. */
  readonly name: string;
  readonly source: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** A server that runs. */
export interface PlayServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the server. */
export async function startPlay(options: PlayOptions): Promise<PlayServer> {
  const token = randomBytes(24).toString('base64url');
  const engine = new EngineProcess();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const desk = new Desk(options, token, port, engine);
  server.on('request', (request, response) => {
    // Clients hang up in the middle of requests, and write what is no address.
    desk.serve(request, response).catch(() => response.destroy());
  });
  return {
    url: `http://${HOST}:${port}/?token=${token}`,
    close: () => closeAll(server, engine),
  };
}

async function closeAll(server: Server, engine: EngineProcess): Promise<void> {
  engine.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** Answers requests. */
class Desk {
  readonly #options: PlayOptions;
  readonly #token: Buffer;
  readonly #hosts: readonly string[];
  readonly #engine: EngineProcess;

  constructor(options: PlayOptions, token: string, port: number, engine: EngineProcess) {
    this.#options = options;
    this.#token = Buffer.from(token);
    this.#hosts = [`${HOST}:${port}`, `localhost:${port}`];
    this.#engine = engine;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
    // Another name in this header is a page elsewhere whose name was made to lead here.
    if (!this.#hosts.includes(request.headers.host ?? '')) {
      refuse(response, 403, 'This server answers under its own address only.');
    } else if (request.method === 'GET' && Object.hasOwn(FILES, pathname)) {
      await sendFile(response, pathname);
    } else if (!this.#knowsToken(request)) {
      refuse(response, 403, 'The token is missing or wrong: open the URL that qmlx play printed.');
    } else if (request.method === 'GET' && pathname === '/api/start') {
      send(response, 200, this.#start());
    } else if (request.method === 'POST' && /^\/api\/(circuit|run|steps)$/.test(pathname)) {
      await this.#ask(pathname.slice('/api/'.length) as QuestionName, request, response);
    } else {
      refuse(response, 404, 'There is nothing here.');
    }
  }

  #knowsToken({ headers }: IncomingMessage): boolean {
    const given = Buffer.from(String(headers['x-qmlx-token'] ?? ''));
    return given.length === this.#token.length && timingSafeEqual(given, this.#token);
  }

  #start(): StartAnswer {
    const { name, source } = this.#options;
    const devices = ['auto', ...info().engines.map(({ device }) => device)];
    return { name, source, devices, version: VERSION };
  }

  async #ask(
    name: QuestionName,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const question = await readQuestion(request);
    if (question === undefined) {
      refuse(response, 400, 'The request is too long, or no JSON object with a source.');
      return;
    }
    // A page that has gone on to another question hangs up.
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const reply = await this.#engine.ask(name, question, gone.signal);
    if (reply.askedAgain) response.setHeader(ASKED_AGAIN, 'yes');
    if ('value' in reply) send(response, 200, reply.value);
    else send(response, 422, reply.failure);
  }
}

async function readQuestion(
  request: IncomingMessage,
): Promise<Questions[QuestionName]['question'] | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Each character of the longest source may take six in JSON.
    if (size > 6 * LIMITS.sourceBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const good =
      typeof value === 'object' &&
      value !== null &&
      'source' in value &&
      typeof value.source === 'string';
    return good ? (value as Questions[QuestionName]['question']) : undefined;
  } catch {
    return undefined;
  }
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const [file, type] = FILES[path] as readonly [string, string];
  const content = await readFile(new URL(`./page/${file}`, import.meta.url));
  response.writeHead(200, { ...HEADERS, 'Content-Type': `${type}; charset=utf-8` }).end(content);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const headers = { ...HEADERS, 'Content-Type': 'application/json; charset=utf-8' };
  response.writeHead(status, headers).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  send(response, status, { code: 'ERR_INVALID_ARGUMENT', message } satisfies Failure);
}
