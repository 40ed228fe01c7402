/** Does with a log what it is told on stdin, a JSON array a line, and answers on stdout, in order. */
import { createInterface } from 'node:readline';
import { type AccessEvent, type Log, type OpenOptions, openLog } from '@zegel/log';

let log: Log | undefined;

function open(): Log {
  if (log === undefined) throw new Error('not open');
  return log;
}

const ORDERS: Readonly<Record<string, (...args: never[]) => unknown>> = {
  open: async (dir: string, options: OpenOptions) => {
    log = await openLog(dir, options);
    return log.register.version;
  },
  append: (events: readonly AccessEvent[]) => open().append(events),
  size: () => open().size(),
  /** Numbers (b64) of a person's live handles. */
  who: (type: string, id: string) =>
    open()
      .vault.handlesOf(type, id)
      .map(({ number }) => Buffer.from(number).toString('base64url')),
  destroy: (numbers: readonly string[]) =>
    open().destroy({
      numbers: numbers.map((n) => Buffer.from(n, 'base64url')),
      activity: 'general',
      rule: 'erasure',
    }),
  close: () => open().close(),
};

for await (const line of createInterface(process.stdin)) {
  const [order, ...args] = JSON.parse(line) as [string, ...never[]];
  try {
    answer({ value: await ORDERS[order]?.(...args) });
  } catch (error) {
    const { code } = error as { code?: string };
    answer({ code, message: String(error) });
  }
}

function answer(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
