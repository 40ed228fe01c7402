import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Asked, errorBody, type Fault, type FaultPlan, type Operation } from './fault.ts';

/** What the server answered. */
interface Answered {
  readonly status: number;
  readonly headers: string[];
  readonly body: Buffer;
}

/** A request as a client sent it. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: string[];
  readonly body: Buffer;
}

/** What became of a request. */
export interface Passed extends Asked {
  readonly fault: Fault | undefined;
  /** Status that the server answered; undefined where it was not asked. */
  readonly status: number | undefined;
}

/**
 * Stands between S3 clients and a server. Requests are forwarded byte for byte with the client's own Host header, which is
 * signed (SigV4) and which the server checks as it gets it: clients name the proxy as their endpoint.
 */
export class FaultProxy {
  /** Endpoint for clients. */
  readonly endpoint: string;
  /** What happens to requests from now on. */
  plan: FaultPlan = () => undefined;
  /** Headers that answers have instead of the server's `Date`, of which it is given the value. */
  stamp: (date: string) => Readonly<Record<string, string>> = (date) => ({ date });
  /** Every request whose turn is over, in that order. */
  readonly passed: Passed[] = [];
  readonly #server: ReturnType<typeof createServer>;
  readonly #to: URL;
  readonly #under: Set<Promise<unknown>> = new Set();
  #asked = 0;

  private constructor(server: ReturnType<typeof createServer>, to: string) {
    this.#server = server;
    this.#to = new URL(to);
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (incoming, outgoing) => this.#track(this.#take(incoming, outgoing)));
  }

  /** Listens on a free port of this machine. */
  static async before(endpoint: string): Promise<FaultProxy> {
    const server = createServer({ keepAliveTimeout: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FaultProxy(server, endpoint);
  }

  /** Resolves when nothing is under way any more, late requests included. */
  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  /** Ends all connections; what is still to be forwarded late is. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await this.settled();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #track(work: Promise<unknown>): void {
    this.#under.add(work);
    void work.finally(() => this.#under.delete(work));
  }

  async #take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    outgoing.on('error', () => undefined); // the client may be gone
    const sent = await received(incoming);
    if (sent === undefined) return;
    const asked = { nth: this.#asked++, ...read(sent), body: sent.body };
    const fault = this.plan(asked);
    const status = await this.#act(sent, fault, outgoing).catch(() => {
      incoming.socket.destroy(); // the server ended the connection: so do we
      return undefined;
    });
    this.passed.push({ ...asked, fault, status });
  }

  /** Does to a request what the fault says; the status that the server answered, where it did. */
  async #act(sent: Sent, fault: Fault | undefined, outgoing: ServerResponse): Promise<number | undefined> {
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (fault?.kind === 'late') {
      outgoing.socket?.destroy();
      await sleep(fault.ms);
    }
    if (fault?.persisted === false && fault.kind !== 'truncated') {
      await this.#withhold(sent, fault, outgoing);
      return undefined;
    }
    const got = await this.#forward(fault?.persisted === false ? { ...sent, body: half(sent.body) } : sent);
    if (fault?.kind === 'twice') await this.#forward(sent);
    const whole = { ...got, headers: this.#stamped(got.headers) };
    await hand(whole, fault, outgoing);
    return whole.status;
  }

  /** The forms of faults in which the server never gets a whole request. */
  async #withhold(sent: Sent, fault: Fault, outgoing: ServerResponse): Promise<void> {
    if (fault.kind === 'answer') {
      refuse(outgoing, fault.status);
      return;
    }
    if (fault.kind === 'partly') await this.#beginOnly(sent);
    if (fault.kind === 'slow') await this.#beginOnly(sent, fault.ms);
    outgoing.socket?.destroy();
  }

  #stamped(headers: readonly string[]): string[] {
    return pairs(headers).flatMap(([name, value]) =>
      name.toLowerCase() === 'date' ? Object.entries(this.stamp(value)).flat() : [name, value],
    );
  }

  #forward({ method, path, headers, body }: Sent): Promise<Answered> {
    const { hostname, port } = this.#to;
    const length = ['content-length', String(body.length)];
    const kept = pairs(headers).filter(([name]) => !HOP.has(name.toLowerCase()));
    return new Promise((resolve, reject) => {
      const onward = request(
        { hostname, port, method, path, agent: false, setHost: false, headers: [...kept.flat(), ...length] },
        (answer) => void received(answer).then((got) => (got === undefined ? reject(GONE) : resolve(got))),
      );
      onward.on('error', reject);
      onward.end(body);
    });
  }

  /** Sends the server the head of a request and half of its body at most, then ends the connection. */
  async #beginOnly({ method, path, headers, body }: Sent, ms = 0): Promise<void> {
    const socket = connect(Number(this.#to.port), this.#to.hostname);
    socket.on('error', () => undefined);
    const lines = pairs(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}${body.length === 0 ? '' : '\r\n'}`;
    for (const piece of pieces(Buffer.concat([Buffer.from(head), half(body)]), ms === 0 ? 1 : 8)) {
      socket.write(piece);
      await sleep(ms / 8);
    }
    socket.destroy();
  }
}

const GONE = new Error('the other side ended the connection');
/** Headers that concern one connection only. */
const HOP = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding']);

async function received(message: IncomingMessage): Promise<(Sent & Answered) | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  const { method = '', url: path = '', rawHeaders: headers, statusCode: status = 0 } = message;
  return { method, path, headers, status, body: Buffer.concat(chunks) };
}

function read({ method, path }: Sent): { operation: Operation; bucket: string; key: string } {
  const url = new URL(path, 'http://localhost');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/.exec(url.pathname) ?? [];
  const operation = operationOf(method, url.searchParams, key);
  return { operation, bucket, key: decodeURIComponent(key) || (url.searchParams.get('prefix') ?? '') };
}

function operationOf(method: string, query: URLSearchParams, key: string): Operation {
  if (query.has('versions')) return 'versions';
  if (query.has('list-type')) return 'list';
  if (key === '' || ['retention', 'legal-hold'].some((name) => query.has(name))) return 'other';
  return ({ PUT: 'put', GET: 'get', DELETE: 'remove' } as const)[method] ?? 'other';
}

/** Gives the client the server's answer, or what the fault leaves of it. */
async function hand(answer: Answered, fault: Fault | undefined, outgoing: ServerResponse): Promise<void> {
  if (fault?.kind === 'cut' || fault?.kind === 'late') return void outgoing.socket?.destroy();
  if (fault?.kind === 'answer') return refuse(outgoing, fault.status);
  const body = fault?.persisted === true ? spoilt(answer.body, fault.kind) : answer.body;
  const kept = pairs(answer.headers).filter(([name]) => !HOP.has(name.toLowerCase()));
  // An answer to HEAD has a length and no body; we never shorten those.
  const length = answer.body.length === 0 ? lengthOf(answer.headers) : String(body.length);
  outgoing.sendDate = false; // the server's own is among them, or none is meant to be
  outgoing.writeHead(answer.status, [
    ...kept.flat(),
    ...(length === undefined ? [] : ['content-length', length]),
  ]);
  if (fault?.kind === 'partly') {
    outgoing.flushHeaders();
    await new Promise<void>((resolve) => outgoing.write(half(body), () => resolve()));
    return void outgoing.socket?.destroy();
  }
  if (fault?.kind === 'slow') {
    outgoing.flushHeaders();
    for (const piece of pieces(body, 8)) {
      await sleep(fault.ms / 8);
      outgoing.write(piece);
    }
  }
  outgoing.end(fault?.kind === 'slow' ? undefined : body);
}

function spoilt(body: Buffer, kind: Fault['kind']): Buffer {
  if (kind === 'truncated') return half(body);
  if (kind !== 'garbled') return body;
  const changed = Buffer.from(body);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}

function refuse(outgoing: ServerResponse, status: number): void {
  const body = errorBody(status);
  outgoing.writeHead(status, { 'content-type': 'application/xml', 'content-length': body.length });
  outgoing.end(body);
}

function lengthOf(headers: readonly string[]): string | undefined {
  return pairs(headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1];
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, n) => [flat[2 * n] ?? '', flat[2 * n + 1] ?? '']);
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length >> 1);
}

function pieces(bytes: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
}
