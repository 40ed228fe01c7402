import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogError, type LogReader, openVaultReader, type VaultReader } from '@zegel/log';
import { indexVault, openIndex, type SearchIndex } from '@zegel/search';
import type { Context } from '../run/command.ts';
import { indexPath, keysOf } from '../run/locate.ts';
import { withProgress } from './open-search.ts';

/**
 * Gives the index of a log to those who show nobody and append nothing. Keys are needed only where the query names a
 * person: without them, which the log's own index wants for its persons, there is one for this use alone.
 */
export async function withBareIndex<T>(
  context: Context,
  url: string,
  log: LogReader,
  use: (index: SearchIndex) => Promise<T>,
): Promise<T> {
  const vault = await vaultIfAny(context, url);
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
    vault?.close();
  }
}

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
