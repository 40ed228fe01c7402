import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogError, type LogReader, openReader, openVaultReader, type VaultReader } from '@zegel/log';
import { indexVault, openIndex, planQuery, type Query, type SearchIndex } from '@zegel/search';
import { withProgress } from '../consult/open-search.ts';
import { timeZoneOf } from '../consult/time-zone.ts';
import type { Context } from '../run/command.ts';
import { writeOutput } from '../run/files.ts';
import { indexPath, keysOf } from '../run/locate.ts';
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
  const vault = await vaultIfAny(context, url);
  try {
    return await withIndex(context, url, log, vault, async (index) => {
      const timeZone = timeZoneOf(context, await loggedZone(index, log));
      const plan = planQuery(query, { now: Date.now(), timeZone });
      return writeLines(context, await queryHits(context, index, plan), file);
    });
  } finally {
    vault?.close();
  }
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

/** The vault where its keys are at hand. */
async function vaultIfAny(context: Context, url: string): Promise<VaultReader | undefined> {
  try {
    return await openVaultReader(url, { keys: keysOf(context, url) });
  } catch (error) {
    if (error instanceof LogError && (error.code === 'KEY_MISSING' || error.code === 'VAULT_MISSING'))
      return undefined;
    throw error;
  }
}

/** The log's own index; without keys, which its persons need, one for this export alone. */
async function withIndex<T>(
  context: Context,
  url: string,
  log: LogReader,
  vault: VaultReader | undefined,
  use: (index: SearchIndex) => Promise<T>,
): Promise<T> {
  const own = vault === undefined ? await mkdtemp(join(tmpdir(), 'zegel-index-')) : undefined;
  try {
    const index = await openIndex({
      path: own === undefined ? indexPath(url) : join(own, 'index.db'),
      log: withProgress(context, log),
      vault: vault && indexVault(vault, log.origin),
      mode: 'write',
    });
    try {
      await index.catchUp(context.io.signal);
      return await use(index);
    } finally {
      index.close();
    }
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true });
  }
}
