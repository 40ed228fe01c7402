import { openReader } from '@zegel/log';
import { planQuery, type Query } from '@zegel/search';
import { withBareIndex } from '../consult/bare-index.ts';
import { timeZoneOf } from '../consult/time-zone.ts';
import type { Context } from '../run/command.ts';
import { writeOutput } from '../run/files.ts';
import { counted } from '../run/progress.ts';
import { loggedZone } from './logged-zone.ts';
import { allEntries, type Hits, queryHits } from './hits.ts';

/**
 * Writes the exact bytes of the hits of a query, one entry a line. Shows nobody and appends nothing; keys are needed only
 * where the query names a person. Returns how many; entries without a body are told of.
 */
export async function exportJsonl(
  context: Context,
  url: string,
  query: string,
  parsed: Query,
  file: string,
): Promise<number> {
  await using log = await openReader(url);
  if (parsed.clauses.length === 0)
    return await writeLines(context, allEntries(context, log, await log.size()), file);
  return await withBareIndex(context, url, log, async (index) => {
    const timeZone = timeZoneOf(context, await loggedZone(index, log));
    const plan = planQuery(query, { now: Date.now(), timeZone });
    return writeLines(context, queryHits(context, index, plan), file);
  });
}

async function writeLines(context: Context, hits: Hits, file: string): Promise<number> {
  let written = 0;
  let missing = 0;
  await writeOutput(file, context.out, async (write) => {
    for await (const { index, bytes } of hits.entries()) {
      context.progress.tell(() => `exporting: entry ${counted(index)}`);
      if (bytes === undefined) missing++;
      else {
        await write(Buffer.concat([bytes, NEWLINE]));
        written++;
      }
    }
  });
  if (missing > 0) context.complain(`${missing} entries have no body any more and were left out`);
  return written;
}

const NEWLINE = Buffer.from('\n');
