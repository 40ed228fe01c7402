import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { BlockList, isIP, type Socket } from 'node:net';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { ServeError } from './serve-error.ts';

/** Certificate chain and private key, PEM. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
}

/** Answers a request; `env` holds what came in and what goes out, of node:http. */
export type Fetch = (request: Request, env: HttpBindings | Http2Bindings) => Response | Promise<Response>;

/** Where to listen. */
export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly tls: Tls | undefined;
  /** Whether something in front of it ends TLS. */
  readonly behindProxy: boolean;
  /** Default: 20 s for headers, 60 s for the whole request. */
  readonly timeouts?: Timeouts;
}

/** How long a client may take to send something, in ms: whoever is slower is cut off (408). */
interface Timeouts {
  readonly headers: number;
  readonly request: number;
}

/** How often a server that closes looks for connections that have become idle, in ms. */
const SWEEP_EVERY = 50;
const PATIENT: Timeouts = { headers: 20_000, request: 60_000 };

/** A server that listens. */
export interface Listening {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Takes no new requests and ends those under way, after `patience` ms by force. */
  close(patience: number): Promise<void>;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is reached from this machine only. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host === 'localhost';
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Starts to answer requests.
 *
 * @throws ServeError `ADDRESS_OPEN` when personal data would cross a network in clear; `ADDRESS_TAKEN`, `TLS_WRONG`
 */
export async function listen(fetch: Fetch, address: Address): Promise<Listening> {
  const { host, port, tls, behindProxy, timeouts = PATIENT } = address;
  if (tls === undefined && !behindProxy && !isLoopback(host))
    throw new ServeError(
      'ADDRESS_OPEN',
      `${host} is reached from other machines: give a certificate (--tls-cert, --tls-key), or say that TLS ends before here (--behind-proxy)`,
    );
  const server = makeServer(fetch, tls, timeouts);
  server.keepAliveTimeout = 65_000;
  const unused = unusedOf(server, tls !== undefined);
  server.listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServeError('ADDRESS_TAKEN', `can't listen on ${host} port ${port}: ${why}`, { cause });
  });
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${name}:${actual}`,
    close: (patience) => stop(server, unused, patience),
  };
}

function makeServer(fetch: Fetch, tls: Tls | undefined, { headers, request }: Timeouts): Server {
  const limits = {
    headersTimeout: headers,
    requestTimeout: request,
    // Node looks at its connections this often; by default so rarely that a minute becomes one and a half.
    connectionsCheckingInterval: headers / 4,
  };
  if (tls === undefined) return createAdaptorServer({ fetch, createServer, serverOptions: limits }) as Server;
  try {
    return createAdaptorServer({
      fetch,
      createServer: createTlsServer,
      serverOptions: { ...tls, ...limits, minVersion: 'TLSv1.2' },
    }) as Server;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServeError('TLS_WRONG', `certificate or key can't be used: ${why}`, { cause });
  }
}

/** Connections without a request yet, with the bytes that they had brought when they were made. */
type Unused = ReadonlyMap<Socket, number>;

/** Browsers open connections in advance; to node they are not idle. */
function unusedOf(server: Server, isTls: boolean): Unused {
  const unused = new Map<Socket, number>();
  server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    unused.set(socket, socket.bytesRead);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}

async function stop(server: Server, unused: Unused, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = (): void => {
    server.closeIdleConnections();
    for (const [socket, bytes] of unused) if (socket.bytesRead === bytes) socket.destroy();
  };
  sweep();
  // A connection whose request ends from now on is kept alive for the next one, which is not taken any more.
  const again = setInterval(sweep, SWEEP_EVERY);
  const force = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(again);
  clearTimeout(force);
}
