import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { RegisterDocument } from '@zegel/log';
import { ClientError } from './errors.ts';
import type { ClientProblem, RefusedLine, WorkerSetup } from './protocol.ts';

/** How a client is opened. */
export interface ClientOptions<R extends RegisterDocument = RegisterDocument> {
  /** Where the collector is: `https://log.example`, or `http://` on this machine. */
  readonly url: string;
  /** A service token with the scope `events`: `zegel token new`. */
  readonly token: string;
  /**
   * The file of the outbox, such as `./outbox.db`; made where there is none, with mode 0600. Persons stand in it in clear
   * until they are sent: it belongs on a disk of this service's own. One process at a time.
   */
  readonly outbox: string;
  /** Name of the token's source, where the collector shall refuse a token of another. */
  readonly source?: string;
  /**
   * The register of the log. With it events are checked before they are kept, so that what is wrong is told to who appends
   * it and not later.
   */
  readonly register?: R;
  /** Events in the outbox above which an append waits. Default 100,000. */
  readonly maxPending?: number;
  /** Milliseconds that a request may take. Default 30,000. */
  readonly timeout?: number;
  /** Milliseconds between tries, from the first to the longest. Default 100 to 30,000. */
  readonly retry?: { readonly first?: number; readonly longest?: number };
  /** Is told, once it is durable in {@link Client.refused}, of each event that the log refused. Default: a process warning. */
  readonly onRefused?: (refused: RefusedLine) => void;
  /** Is told when something keeps events from leaving, and with `undefined` when it is over. Default: a process warning. */
  readonly onProblem?: (problem: ClientProblem | undefined) => void;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
const TOKEN = /^zegel_[0-9a-f]+_[A-Za-z0-9_-]+$/;

/** Checks the options and fills in defaults. @throws ClientError `CLIENT_OPTIONS` */
export function setupOf(options: ClientOptions): WorkerSetup {
  const { token, outbox, source, timeout = 30_000, retry = {} } = options;
  if (!TOKEN.test(token)) wrong('this is no service token (zegel_…)');
  if (outbox === '') wrong('outbox names a file');
  const { first = 100, longest = 30_000 } = retry;
  for (const [name, value] of Object.entries({ timeout, first, longest, max: options.maxPending ?? 1 }))
    if (!(value > 0)) wrong(`${name} must be above 0`);
  return {
    url: address(options.url),
    token,
    source,
    outbox: resolve(outbox),
    timeout,
    retry: { first, longest },
  };
}

/** The address without what follows it. */
function address(text: string): string {
  if (!URL.canParse(text)) wrong('the address of the collector is no URL');
  const url = new URL(text);
  const { protocol, hostname, username, search, hash } = url;
  if (protocol !== 'https:' && protocol !== 'http:') wrong('the address of the collector is no http(s) URL');
  if (username !== '' || search !== '' || hash !== '')
    wrong('the address of the collector is more than an address');
  const local = LOOPBACK.test(hostname) && (isIP(hostname) !== 6 || hostname === '[::1]');
  if (protocol === 'http:' && !local) wrong('persons in clear go to another machine by https only');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function wrong(message: string): never {
  throw new ClientError('CLIENT_OPTIONS', message);
}
