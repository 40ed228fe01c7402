import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessFile, serve, type Serving } from '@zegel/viewer';
import { placesIn } from './start-demo.ts';

/** Who looks into the demo's log. */
const USER = 'auditor';
const ROLES = ['auditor', 'privacy', 'security', 'admin'];
/** Days that the login token is good for. */
const DAYS = 366;

/** The viewer of the demo's log, and how to log in to it. */
export interface Viewing {
  readonly url: string;
  readonly user: string;
  readonly token: string;
  close(): Promise<void>;
}

/**
 * Starts the viewer on 127.0.0.1. Its user has every role and no second factor, and the token is kept in the demo's folder:
 * in this log there is nobody real.
 */
export async function startViewer(folder: string, port: number): Promise<Viewing> {
  const { log, elsewhere } = placesIn(folder);
  const token = await logInTo(log, join(folder, 'viewer-token'));
  const serving: Serving = await serve({
    ...{ log, port },
    // With the demo's folder goes all that was remembered of its log.
    checks: { state: join(elsewhere, 'checks'), vkey: readFileSync(join(elsewhere, 'vkey'), 'utf8').trim() },
    onProblem: (text) => process.stderr.write(`zegel: ${text}\n`),
  });
  return { url: serving.url, user: USER, token, close: () => serving.close() };
}

async function logInTo(log: string, file: string): Promise<string> {
  const access = new AccessFile(log);
  try {
    const known = access.users.find(USER);
    if (known !== undefined && existsSync(file)) return readFileSync(file, 'utf8').trim();
    const { text: token } =
      known === undefined
        ? await access.users.add(USER, ROLES, { exempt: true, days: DAYS })
        : await access.users.newLogin(USER, DAYS);
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    return token;
  } finally {
    access.close();
  }
}
