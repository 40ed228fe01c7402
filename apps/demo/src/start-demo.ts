import { serve } from '@hono/node-server';
import { checkpointTo, type Log, openLog } from '@zegel/log';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openDatabase } from './data/open-database.ts';
import { usernameOf } from './data/fill.ts';
import { customerId } from './people/invent.ts';
import { LogIns } from './people/log-ins.ts';
import { STAFF } from './people/staff.ts';
import { createService, register } from './service.ts';

/** A demo that runs. */
export interface Demo {
  readonly url: string;
  readonly log: Log;
  readonly logIns: LogIns;
  /** Takes no more requests, lets those under way end, and closes the log. */
  close(): Promise<void>;
}

/** The folders and files of the demo. */
export function placesIn(
  folder: string,
): Readonly<Record<'log' | 'elsewhere' | 'checkpoint' | 'logIns', string>> {
  const elsewhere = join(folder, 'elsewhere');
  return {
    log: join(folder, 'audit'),
    elsewhere,
    checkpoint: join(elsewhere, 'checkpoint'),
    logIns: join(folder, 'log-ins.json'),
  };
}

/** Starts the dashboard with its log on 127.0.0.1, made on the first start and kept between starts. */
export async function startDemo(folder: string, port: number): Promise<Demo> {
  const places = placesIn(folder);
  mkdirSync(places.elsewhere, { recursive: true });
  const logIns = LogIns.at(join(folder, 'tokens'));
  writeFileSync(places.logIns, logInsText(logIns), { mode: 0o600 });
  const database = await openDatabase(join(folder, 'dashboard.db'), logIns);
  const log = await openLog(places.log, {
    register,
    create: { origin: 'voorbeeld.example/dashboard' },
    onCheckpoint: checkpointTo(places.checkpoint),
  });
  writeFileSync(join(places.elsewhere, 'vkey'), `${log.vkey}\n`);
  const service = createService({ database, to: log, gaps: join(folder, 'gaps') });
  const server = serve({ fetch: service.app.fetch, hostname: '127.0.0.1', port }) as Server;
  try {
    if (!server.listening) await once(server, 'listening');
  } catch (error) {
    await log.close();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    logIns,
    async close() {
      server.close();
      server.closeIdleConnections();
      await once(server, 'close');
      await service.close();
      await log.close();
      database.close();
    },
  };
}

const SHOWN_CUSTOMERS = 60;

/** Log-ins by user name, for those who want to look around. */
function logInsText(logIns: LogIns): string {
  const customers = Array.from({ length: SHOWN_CUSTOMERS }, (_, n) => usernameOf(customerId(n + 1)));
  const list = [
    ...STAFF.map(({ username, role, id }) => ({ username, token: logIns.tokenOf(username), role, id })),
    ...customers.map((username) => ({ username, token: logIns.tokenOf(username), role: 'customer' })),
  ];
  return `${JSON.stringify(list, undefined, 1)}\n`;
}
