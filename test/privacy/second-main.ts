/** Does what it is told on stdin, a JSON array a line, with the log whose folder is its argument; answers on stdout, in order. */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AccessEvent, type Log, openLog } from '@zegel/log';
import Database from 'better-sqlite3';

interface Access {
  readonly id: string;
  readonly subjects: readonly { readonly ref: string; readonly ptr: string }[];
}

const dir = process.argv[2] ?? '';
let log: Log | undefined;
let reading: Database.Database | undefined;

function open(): Log {
  if (log === undefined) throw new Error('not open');
  return log;
}

const ORDERS: Readonly<Record<string, (...args: never[]) => unknown>> = {
  open: async () => {
    log = await openLog(dir);
  },
  append: (events: readonly AccessEvent[]) => open().append(events),
  /** Appends one after the other as fast as it goes. */
  storm: async (id: string, count: number) => {
    const actor = { kind: 'employee', id: 'e-3' } as const;
    const event = {
      action: 'read',
      activity: 'general',
      actor,
      subjects: [{ type: 'customer', id }],
      fields: ['name'],
      service: 'storm',
    } as const;
    for (let i = 0; i < count; i++) await open().append([event]);
  },
  live: (id: string) =>
    open()
      .vault.handlesOf('customer', id)
      .map(({ number }) => number.toString()),
  /** Whom the first subject of an entry stands for. */
  whom: async (index: number) => {
    const { id, subjects } = JSON.parse(
      Buffer.from((await open().entry(index)).bytes ?? '').toString(),
    ) as Access;
    const [mention] = subjects;
    return mention && open().vault.open(Buffer.from(id.replaceAll('-', ''), 'hex'), 2, mention)?.id;
  },
  destroy: (numbers: readonly string[]) =>
    open().destroy({
      numbers: numbers.map((n) => Buffer.from(n, 'base64url')),
      activity: 'general',
      rule: 'erasure',
    }),
  /** Begins to read the vault and does not end it. */
  read: () => {
    reading = new Database(join(dir, 'vault.db'), { readonly: true });
    reading.exec('BEGIN');
    reading.prepare('SELECT count(*) FROM handle').get();
  },
  release: () => void reading?.close(),
  close: () => open().close(),
};

for await (const line of createInterface(process.stdin)) {
  const [order, ...args] = JSON.parse(line) as [string, ...never[]];
  try {
    answer({ value: (await ORDERS[order]?.(...args)) ?? null });
  } catch (error) {
    answer({ error: String(error) });
  }
}

function answer(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
