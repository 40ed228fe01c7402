import { openLog } from '@zegel/log';
import { type Query, queryShape } from '@zegel/search';
import {
  CSV_COLUMNS,
  csvCells,
  csvLine,
  recordConsultation,
  showEntry,
  type ShownEntry,
} from '@zegel/reading';
import { openSearch } from '../consult/open-search.ts';
import { timeZoneOf } from '../consult/time-zone.ts';
import type { Context } from '../run/command.ts';
import { writeOutput } from '../run/files.ts';
import { keysOf } from '../run/locate.ts';
import { counted } from '../run/progress.ts';
import { type Hits, queryHits } from './hits.ts';
import { Named } from './named.ts';

/** Writes the hits of a query as CSV, persons by type and id, after the entry of this consultation. Returns how many. */
export async function exportCsv(
  context: Context,
  url: string,
  query: string,
  parsed: Query,
  file: string,
): Promise<number> {
  await using log = await openLog(url, { keys: keysOf(context, url) });
  const timeZone = timeZoneOf(context, log.register.timeZone);
  const index = await openSearch(context, log, url, timeZone);
  try {
    const hits = queryHits(context, index, index.plan(query));
    const show = (): AsyncIterable<ShownEntry> => shownHits(context, log, hits);
    // Two passes: whom the file will name is in the log before the file begins.
    const named = await Named.in(show());
    const fields = queryShape(parsed);
    await recordConsultation(log, {
      action: 'export',
      operation: 'log.export',
      user: context.io.user,
      persons: named.persons,
      fields,
    });
    let written = 0;
    await writeOutput(file, context.out, async (write) => {
      await write(csvLine(CSV_COLUMNS));
      for await (const entry of named.only(show())) {
        await write(csvLine(csvCells(entry)));
        written++;
      }
    });
    return written;
  } finally {
    index.close();
  }
}

async function* shownHits(
  { progress }: Context,
  log: Awaited<ReturnType<typeof openLog>>,
  hits: Hits,
): AsyncGenerator<ShownEntry> {
  for await (const entry of hits.entries()) {
    const shown = await showEntry(log, log.vault, entry);
    progress.tell(() => `exporting: entry ${counted(entry.index)}`);
    if (shown !== undefined) yield shown;
  }
}
