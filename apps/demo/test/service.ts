import { type TestLog, testLog } from '@zegel/testing';
import type Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/data/open-database.ts';
import type { App } from '../src/kit.ts';
import { LogIns } from '../src/people/log-ins.ts';
import { createService, register } from '../src/service.ts';

/** The service over a database and a log in memory. */
export interface TestService {
  readonly app: App;
  readonly log: TestLog<typeof register>;
  readonly database: Database.Database;
  readonly logIns: LogIns;
  /** Logs in and answers what asks as this user. */
  as(username: string): Promise<(path: string, init?: RequestInit) => Promise<Response>>;
  close(): Promise<void>;
}

/** Makes one. */
export async function testService(): Promise<TestService> {
  const gaps = mkdtempSync(join(tmpdir(), 'zegel-demo-'));
  const logIns = new LogIns(Buffer.alloc(32, 7));
  const database = await openDatabase(':memory:', logIns);
  const log = testLog(register);
  const made = createService({ database, to: log, gaps });
  return {
    app: made.app,
    log,
    database,
    logIns,
    async as(username) {
      const door = username.startsWith('klant') ? '/log-in' : '/staff/log-in';
      const body = JSON.stringify({ username, token: logIns.tokenOf(username) });
      const answer = await made.app.request(door, { method: 'POST', body });
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      return async (path, init = {}) => made.app.request(path, { ...init, headers: { cookie } });
    },
    async close() {
      await made.close();
      database.close();
      rmSync(gaps, { recursive: true, force: true });
    },
  };
}
