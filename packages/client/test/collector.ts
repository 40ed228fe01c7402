import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessEvent } from '@zegel/log';
import { onTestFinished } from 'vitest';
import type { Client } from '../src/client.ts';
import { TOKEN } from './token.ts';
import { openClient } from '../src/open-client.ts';
import type { ClientOptions } from '../src/options.ts';

export { TOKEN };

/** A request as it came. */
export interface Request {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The lines of the body, parsed. */
  readonly lines: readonly unknown[];
}

/** How a request is answered: `undefined` breaks the connection. */
export type Reply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | undefined;

/** A stand-in for a collector, which answers as a test wants. */
export class Collector {
  readonly requests: Request[] = [];
  answer: (request: Request) => Reply | Promise<Reply> = (request) => this.accept(request);
  url = '';
  #index = 0;
  readonly #server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const lines = body.split('\n').map((line) => JSON.parse(line) as unknown);
      const request = { path: incoming.url ?? '', headers: incoming.headers, body, lines };
      this.requests.push(request);
      void Promise.resolve(this.answer(request)).then((reply) => {
        if (reply === undefined) return outgoing.destroy();
        outgoing.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
        return outgoing.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
      });
    });
  });

  static async start(): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    const { port } = collector.#server.address() as { port: number };
    collector.url = `http://127.0.0.1:${port}`;
    onTestFinished(() => collector.stop());
    return collector;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** 201, with a receipt for each event. */
  accept({ lines }: Request): Reply {
    const events = lines.flat() as { id: string }[];
    return { status: 201, body: { receipts: events.map(({ id }) => this.receipt(id)) } };
  }

  receipt(id: string): object {
    return { id, entry: 'entry', index: this.#index++, count: 1, leafHash: 'hash', durable: 'log' };
  }

  /** Ids of the events that came, request after request. */
  get ids(): string[] {
    return this.requests.flatMap(({ lines }) => (lines.flat() as { id: string }[]).map(({ id }) => id));
  }
}

/** A folder for one test. */
export function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-client-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A client that tries again quickly, closed when the test ends. */
export async function opened(
  collector: { readonly url: string },
  more: Partial<ClientOptions> = {},
): Promise<Client> {
  const client = await openClient({
    url: collector.url,
    token: TOKEN,
    outbox: join(place(), 'outbox.db'),
    retry: { first: 5, longest: 40 },
    onProblem: () => undefined,
    onRefused: () => undefined,
    ...more,
  });
  onTestFinished(async () => void (await client.close({ timeout: 0 })));
  return client;
}

/** An event about customer `c-<n>`. */
export function event(n: number, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
    fields: ['name'],
    service: 'shop',
    ...more,
  };
}

/** An error of this code. */
export function coded(code: string): object {
  return { name: 'ClientError', code };
}
