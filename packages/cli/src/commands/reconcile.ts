import { openReader } from '@zegel/log';
import { parseQuery, planQuery } from '@zegel/search';
import { withBareIndex } from '../consult/bare-index.ts';
import { timeZoneOf, ZONE_OPTION } from '../consult/time-zone.ts';
import { localTime } from '@zegel/reading';
import { queryHits } from '../export/hits.ts';
import { loggedZone } from '../export/logged-zone.ts';
import { groupUndeclared, type Undeclared, UNDECLARED } from '../reconcile/undeclared.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn } from '../run/given.ts';
import { KEYS_OPTION, LOG_OPTION, logUrl } from '../run/locate.ts';
import { tableText } from '../say/table.ts';

const COLUMNS = ['count', 'last', 'index', 'service', 'route', 'query', 'activity', 'fields'] as const;

/** `zegel reconcile`. */
export const reconcile: Command = {
  name: 'reconcile',
  usage: '[--log LOG] [QUERY]',
  about: [
    'Accesses that the data layer saw and no declaration named (flag `undeclared`), per route and query, most frequent first:',
    'how many, when the last one was, its entry, and which fields. A route of - had declared nothing. QUERY is as in search and',
    'narrows them down. Nobody is shown, so nothing is appended.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    json: {
      type: 'boolean',
      about: 'one object a line: {service,route,query,activity,fields,count,last,index}',
    },
    ...ZONE_OPTION,
  },
  examples: [
    'zegel reconcile --log ./audit',
    'zegel reconcile --log ./audit service:dashboard after:7d --json',
  ],
  takesQuery: true,
  endsItself: true,
  async run(context) {
    const query = `flag:${UNDECLARED} ${context.rest.join(' ')}`.trim();
    parseQuery(query);
    const url = logUrl(context);
    await using log = await openReader(url);
    await withBareIndex(context, url, log, async (index) => {
      const timeZone = timeZoneOf(context, await loggedZone(index, log));
      const hits = queryHits(context, index, planQuery(query, { now: Date.now(), timeZone }));
      const found = await groupUndeclared(log, hits.entries());
      context.progress.clear();
      await print(context, found, timeZone);
    });
    return EXIT.fine;
  },
};

async function print(context: Context, found: readonly Undeclared[], timeZone: string): Promise<void> {
  if (isOn(context, 'json')) {
    for (const { route = null, ...one } of found)
      await context.out.write(`${JSON.stringify({ ...one, route })}\n`);
    return;
  }
  const rows = found.map((one) => [
    String(one.count),
    localTime(one.last, timeZone),
    String(one.index),
    one.service,
    one.route ?? '',
    one.query,
    one.activity,
    one.fields.join(','),
  ]);
  await context.out.write(rows.length === 0 ? 'nothing undeclared\n' : tableText([COLUMNS, ...rows]));
}
