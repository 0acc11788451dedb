// A server of archives on this machine, encrypted or not, that can be told to misbehave, and a proxy with a password.

import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createEncryptedServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { StandIn } from './stand-in.js';

/** One request, and how often its path was asked for before. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly before: number;
}

/** Answers a request; false leaves it to the server. */
export type Fault = (asked: Asked, response: ServerResponse) => boolean;

/** A private key and its certificate, as PEM. */
export interface Identity {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** What is served, and a record of what was asked for. */
export class ArchiveServer {
  readonly #server: Server;
  readonly asked: Asked[] = [];
  fault: Fault = () => false;

  private constructor(
    readonly files: Map<string, Buffer>,
    readonly identity?: Identity,
  ) {
    const listener = (message: IncomingMessage, response: ServerResponse): void =>
      this.#answer(message, response);
    this.#server = identity ? createEncryptedServer(identity, listener) : createServer(listener);
  }

  static async start(identity?: Identity): Promise<ArchiveServer> {
    const server = new ArchiveServer(new Map(), identity);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Its base, as LIBMLX_MIRROR names it. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.identity ? 'https' : 'http'}://127.0.0.1:${port}`;
  }

  /** Serves an archive with its digest beside it. */
  serve(path: string, { content, sha256 }: StandIn): void {
    this.files.set(path, content);
    this.files.set(`${path}.sha256`, Buffer.from(`${sha256}  ${path.split('/').at(-1)}\n`));
  }

  /** Forgets what was asked for, and how to misbehave. */
  reset(): void {
    this.asked.length = 0;
    this.fault = () => false;
  }

  /** Requests for archives, not for digests. */
  get downloads(): readonly Asked[] {
    return this.asked.filter(({ path }) => path.endsWith('.tar.gz'));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => undefined);
    const path = url.slice(1);
    const before = this.asked.filter((each) => each.path === path).length;
    const asked = { path, range: headers.range, before };
    this.asked.push(asked);
    if (this.fault(asked, response)) return;
    const content = this.files.get(path);
    if (content === undefined) {
      response.writeHead(404).end('not here');
      return;
    }
    send(response, content, headers.range);
  }
}

/** The first byte of a range. */
export function firstOf(range: string | undefined): number {
  return Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
}

/** Sends a file, or the rest of it. */
export function send(response: ServerResponse, content: Buffer, range: string | undefined): void {
  const first = firstOf(range);
  if (range === undefined) {
    response.writeHead(200, { 'content-length': content.length }).end(content);
  } else if (first >= content.length) {
    response.writeHead(416).end();
  } else {
    const part = content.subarray(first);
    const place = `bytes ${first}-${content.length - 1}/${content.length}`;
    response.writeHead(206, { 'content-length': part.length, 'content-range': place }).end(part);
  }
}

/** A proxy that lets CONNECT and plain requests through for one user. */
export async function startProxy(
  user: string,
  password: string,
): Promise<{
  readonly server: Server;
  readonly port: number;
  readonly passed: string[];
}> {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const passed: string[] = [];
  const isAllowed = (message: IncomingMessage): boolean =>
    message.headers['proxy-authorization'] === expected;
  const server = createServer((message, response) => {
    if (!isAllowed(message)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
      return;
    }
    passed.push(message.url ?? '');
    message.pipe(
      request(message.url ?? '', { method: message.method, headers: message.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  server.on('connect', (message, socket, head) => {
    socket.on('error', () => undefined);
    if (!isAllowed(message)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    passed.push(message.url ?? '');
    const [host, port] = (message.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, passed };
}
