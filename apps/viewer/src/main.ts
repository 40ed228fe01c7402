import { fileURLToPath } from 'node:url';
import { keyFolder, openEnvelopes, openLog, parseLocation } from '@zegel/log';
import { AccessFile } from './access/access-file.ts';
import { createEntrance } from './access/entrance.ts';
import { sessionsOf } from './access/sessions.ts';
import { TokenCheck } from './access/token-check.ts';
import { createApp } from './app.ts';
import { CheckTimer } from './checks/check-timer.ts';
import { type FolderLock, lockFolder } from './checks/folder-lock.ts';
import { LogChecks } from './checks/log-checks.ts';
import { stateFolder } from './checks/state-folder.ts';
import { Assets } from './http/assets.ts';
import { isLoopback, listen, type Tls } from './http/listen.ts';
import { ServeError } from './http/serve-error.ts';
import { SessionCookie } from './http/session-cookie.ts';
import { LogKeeper } from './logs/log-keeper.ts';
import { Searching } from './logs/searching.ts';
import type { Services } from './services.ts';

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
  /** Spares everybody the second factor; on loopback only, for whoever develops there alone. */
  readonly dev?: boolean;
  /** Whether nobody is exempt from the second factor, whatever is noted of them. */
  readonly requireSecondFactor?: boolean;
  /** Ms that a refused log-in takes at least. Default 1000. */
  readonly refusalAfter?: number | undefined;
  /** Days after which an entry marked to be followed up is overdue. Default 30. */
  readonly overdueDays?: number;
  /** What the log is held to in its checks, and where they remember it. */
  readonly checks?: CheckSettings;
  /** Is told of what the operator should know, one line each, without persons. Default: nobody. */
  readonly onProblem?: (text: string) => void;
}

/** How the log is checked while it is served. */
export interface CheckSettings {
  /** Folder of what the checks remember, apart from log and keys. Default: one under the user's own state folder. */
  readonly state?: string;
  /** Verifier key kept elsewhere. */
  readonly vkey?: string;
  /** Signed checkpoints kept elsewhere. */
  readonly held?: readonly { readonly note: string; readonly from: string }[];
  /** Milliseconds between rounds. Default 60,000. */
  readonly every?: number;
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
const CHECK_EVERY = 60_000;
/** Folder of this package, where its styles and scripts are. */
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

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
  let timer: CheckTimer | undefined;
  let lock: FolderLock | undefined;
  try {
    const location = parseLocation(name);
    const { dir } = location;
    const { host = '127.0.0.1', port = DEFAULT_PORT, tls, behindProxy = false } = options;
    const [isSecure, { dev = false }] = [tls !== undefined || behindProxy, options];
    const { requireSecondFactor = false, refusalAfter } = options;
    if (dev) checkDev({ host, behindProxy, requireSecondFactor }, onProblem);
    const { origin } = await logs.use(async (log) => log);
    access = new AccessFile(dir);
    const stop = new AbortController();
    const { every = CHECK_EVERY, state: given, ...held } = options.checks ?? {};
    const state = stateFolder({ given, log: dir, keys: keyFolder(location, keys) });
    lock = lockFolder(state);
    const checks = new LogChecks({ ...held, state, log: name, keys, logs, onProblem });
    const services: Services = {
      overdueDays: options.overdueDays,
      ...{ logs, access, onProblem, now: Date.now, tokens: new TokenCheck(access) },
      sessions: sessionsOf(access),
      entrance: createEntrance({
        ...{ access, issuer: origin, isSecure, dev, behindProxy, requireSecondFactor, refusalAfter },
        envelopes: openEnvelopes(name, { keys }),
      }),
      stopping: stop.signal,
      searching: new Searching(logs, { log: name, keys, integrity: checks }),
      cookie: new SessionCookie(isSecure),
      checks,
      integrity: checks,
      assets: new Assets(PACKAGE),
    };
    const app = createApp(services);
    const listening = await listen((request, env) => app.fetch(request, env), {
      host,
      port,
      tls,
      behindProxy,
    });
    timer = new CheckTimer(checks, {
      every,
      dir: location.url === dir ? dir : undefined,
      size: () => logs.use((log) => log.size()),
    });
    return { url: listening.url, close: () => end(listening, services, { stop, timer, lock }) };
  } catch (error) {
    access?.close();
    await logs.close();
    lock?.release();
    throw error;
  }
}

/** What ends with a server, besides its services. */
interface Ending {
  readonly stop: AbortController;
  readonly timer: CheckTimer | undefined;
  readonly lock: FolderLock | undefined;
}

async function end(
  listening: { close(patience: number): Promise<void> },
  { searching, logs, access }: Services,
  { stop, timer, lock }: Ending,
): Promise<void> {
  stop.abort();
  await timer?.close();
  await listening.close(PATIENCE);
  await searching.close();
  await logs.close();
  access.close();
  lock?.release();
}

/** @throws ServeError `DEV_OPEN` */
function checkDev(
  {
    host,
    behindProxy,
    requireSecondFactor,
  }: Pick<ServeOptions, 'behindProxy' | 'requireSecondFactor'> & {
    readonly host: string;
  },
  onProblem: (text: string) => void,
): void {
  if (requireSecondFactor === true)
    throw new ServeError(
      'DEV_OPEN',
      '--dev spares everybody the second factor: not with --require-second-factor',
    );
  if (behindProxy === true || !isLoopback(host))
    throw new ServeError('DEV_OPEN', `--dev is for loopback only, and ${host} may be reached by others`);
  onProblem('NO SECOND FACTOR IS ASKED FOR (--dev): for developing only, never with data of real people');
}
