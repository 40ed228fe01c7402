import { openLog, parseLocation } from '@zegel/log';
import { AccessFile } from './access/access-file.ts';
import { TokenCheck } from './access/token-check.ts';
import { createApp } from './app.ts';
import { listen, type Tls } from './http/listen.ts';
import { LogKeeper } from './logs/log-keeper.ts';

/** Which log to serve, and where. */
export interface ServeOptions {
  /** A folder (`./audit`, `file:…`). The log must be there. */
  readonly log: string;
  /** Key folder; see `openLog`. */
  readonly keys?: string;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 8787; 0: any that is free. */
  readonly port?: number;
  readonly tls?: Tls;
  /** Whether something in front of it ends TLS; else only loopback is allowed without. */
  readonly behindProxy?: boolean;
  /** Is told of what the operator should know, one line each, without persons. Default: nobody. */
  readonly onProblem?: (text: string) => void;
}

/** A log that is being served. */
export interface Serving {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Ends the requests under way (after 10 s by force), then closes the log. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 8787;
const PATIENCE = 10_000;

/**
 * Serves a log over HTTP: the collector of events.
 *
 * @throws ServeError; AccessError; what `openLog` throws
 * @example
 * const { url, close } = await serve({ log: './audit' });
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { log: name, keys, onProblem = () => undefined } = options;
  const open = (): ReturnType<typeof openLog> => openLog(name, keys === undefined ? {} : { keys });
  const logs = new LogKeeper(await open(), open);
  let access: AccessFile | undefined;
  try {
    access = new AccessFile(parseLocation(name).dir);
    const app = createApp({ logs, tokens: new TokenCheck(access), onProblem });
    const { host = '127.0.0.1', port = DEFAULT_PORT, tls, behindProxy = false } = options;
    const listening = await listen((request) => app.fetch(request), { host, port, tls, behindProxy });
    return { url: listening.url, close: () => end(listening, logs, access) };
  } catch (error) {
    access?.close();
    await logs.close();
    throw error;
  }
}

async function end(
  listening: { close(patience: number): Promise<void> },
  logs: LogKeeper,
  access: AccessFile | undefined,
): Promise<void> {
  await listening.close(PATIENCE);
  await logs.close();
  access?.close();
}
