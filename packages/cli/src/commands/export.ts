import { parseQuery } from '@zegel/search';
import { exportCsv } from '../export/export-csv.ts';
import { exportJsonl } from '../export/export-jsonl.ts';
import { ZONE_OPTION } from '../consult/time-zone.ts';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { oneOf, required } from '../run/given.ts';
import { KEYS_OPTION, LOG_OPTION, logUrl } from '../run/locate.ts';

const FORMATS = ['jsonl', 'csv'] as const;

/** `zegel export`. */
export const exportCommand: Command = {
  name: 'export',
  usage: '[--log LOG] [QUERY] -o FILE --format jsonl|csv',
  about: [
    'jsonl: the exact bytes of each entry, one a line; nothing is appended. csv: persons by type and id; an entry of this',
    'consultation is appended first. QUERY is as in search; none finds every entry. `-o -`: standard output.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    out: { type: 'string', short: 'o', value: 'FILE', about: 'where it goes; appears when it is whole' },
    format: { type: 'string', value: 'FORMAT', about: FORMATS.join(' or ') },
    ...ZONE_OPTION,
  },
  examples: [
    'zegel export --log ./audit -o audit.jsonl --format jsonl',
    "zegel export --log ./audit 'subject:customer:c-1001' -o c-1001.csv --format csv",
  ],
  takesQuery: true,
  endsItself: true,
  async run(context) {
    const query = context.rest.join(' ');
    const parsed = parseQuery(query);
    const format = oneOf(required(context, 'format', FORMATS.join(' or ')), '--format', FORMATS);
    const file = required(context, 'out', 'where does it go? A file, or - for standard output');
    const url = logUrl(context);
    const write = format === 'csv' ? exportCsv : exportJsonl;
    const written = await write(context, url, query, parsed, file);
    context.progress.clear();
    if (file !== '-')
      await context.out.write(`${written} ${written === 1 ? 'entry' : 'entries'} written to ${file}\n`);
    return EXIT.fine;
  },
};
