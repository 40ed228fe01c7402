import { parseQuery, queryShape, type SearchIndex } from '@zegel/search';
import { type Log, openLog } from '@zegel/log';
import { recordConsultation, showEntry, type ShownEntry } from '@zegel/reading';
import { openSearch } from '../consult/open-search.ts';
import { timeZoneOf, ZONE_OPTION } from '../consult/time-zone.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, optionText, wholeNumber } from '../run/given.ts';
import { KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';
import { ENTRY_COLUMNS, entryRow } from '../say/entry-row.ts';
import { tableText } from '../say/table.ts';

const MOST = 10_000;
const USUAL = 20;

/** `zegel search`. */
export const search: Command = {
  name: 'search',
  usage: '[--log LOG] [QUERY]',
  about: [
    'QUERY is as in the viewer; all conditions must hold, and none at all finds every entry:',
    '  actor:TYPE:ID subject:TYPE:ID onbehalfof:TYPE:ID involvement:target kind:access class:human',
    '  action:read,export activity:KEY field:KEY recipient:KEY role:KEY service:NAME operation:NAME outcome:denied',
    '  flag:KEY trace:HEX id:UUID index:>=100 on:2026-11-22 after:7d before:2026-11-22T12:00 word -action:search',
    'Before anything is shown an entry of this consultation is appended: who, whose, and the shape of the query.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    limit: { type: 'string', value: 'N', about: `at most so many, 1 to ${MOST}; else ${USUAL}` },
    json: { type: 'boolean', about: 'one entry object a line, persons as {type,id} or {ref}' },
    ...ZONE_OPTION,
  },
  examples: [
    "zegel search --log ./audit 'subject:customer:c-1001 after:30d'",
    'zegel search --log ./audit action:export,disclose -role:support --json',
  ],
  takesQuery: true,
  async run(context) {
    const query = context.rest.join(' ');
    const shape = queryShape(parseQuery(query));
    const limit = wholeNumber(optionText(context, 'limit') ?? String(USUAL), '--limit', 1, MOST);
    const url = logUrl(context);
    await using log = await openLog(url, { keys: keysOf(context, url) });
    const timeZone = timeZoneOf(context, log.register.timeZone);
    const index = await openSearch(context, log, url, timeZone);
    try {
      const { entries, status } = await find(context, log, index, query, limit);
      const persons = entries.flatMap((entry) => entry.persons);
      await recordConsultation(log, {
        action: 'search',
        operation: 'log.search',
        user: context.io.user,
        persons,
        fields: shape,
      });
      await print(context, log, entries, timeZone);
      return status;
    } finally {
      index.close();
    }
  },
};

/** The newest hits as the log has them. An index that names others is told of, and is an integrity failure. */
async function find(
  { complain }: Context,
  log: Log,
  index: SearchIndex,
  query: string,
  limit: number,
): Promise<{ entries: readonly ShownEntry[]; status: number }> {
  const plan = index.plan(query);
  const { indexes } = await index.search(plan, { limit });
  const { entries: stored, findings } = await index.fetch(plan, indexes);
  const entries: ShownEntry[] = [];
  for (const entry of stored) {
    const shown = await showEntry(log, log.vault, entry);
    if (shown !== undefined) entries.push(shown);
  }
  for (const { code, message } of findings) complain(`${code}: ${message}`);
  return { entries, status: findings.length > 0 ? EXIT.refused : EXIT.fine };
}

async function print(
  context: Context,
  log: Log,
  entries: readonly ShownEntry[],
  timeZone: string,
): Promise<void> {
  if (isOn(context, 'json')) {
    for (const { object } of entries) await context.out.write(`${JSON.stringify(object)}\n`);
    return;
  }
  const rows = entries.map((entry) => entryRow(entry, log.register, timeZone));
  await context.out.write(entries.length === 0 ? 'nothing found\n' : tableText([ENTRY_COLUMNS, ...rows]));
}
