import type { IndexVault } from './vault-port.ts';
import { Indexer } from './follow/indexer.ts';
import { mismatch } from './follow/head.ts';
import type { LogSource } from './log-port.ts';
import type { Fetched } from './search/fetch.ts';
import type { ActivityNames } from './search/resolve.ts';
import { SearchIndex } from './search-index.ts';
import { openDatabase } from './store/database.ts';
import { IndexError } from './store/index-error.ts';
import { SegmentTable } from './store/segments.ts';
import { readState } from './store/state.ts';

/** How an index is opened. */
export interface OpenIndexOptions {
  /** Path of the file `index.db`. */
  readonly path: string;
  readonly log: LogSource;
  /** Without it persons and traces are neither indexed nor found. */
  readonly vault?: IndexVault | undefined;
  /** `write` makes, heals and follows; `read` only searches what is there. */
  readonly mode: 'write' | 'read';
  /** What the register calls each activity, in all its languages; free words are sought there too. */
  readonly names?: ActivityNames | undefined;
  /** ms since 1970; relative times count back from it. Default: the machine's clock. */
  readonly now?: (() => number) | undefined;
  /** Looks at hits as the log has them, and at what it does not bear out, before whoever asked gets them. */
  readonly onFetched?: ((fetched: Fetched) => Promise<void>) | undefined;
  /** IANA name; days in queries are days there. Default `Europe/Amsterdam`. */
  readonly timeZone?: string | undefined;
}

/**
 * Opens the derived index of a log (format v1 §6). Opened for writing, an index that is missing, damaged, or of another
 * log, vault or version is begun anew; call `catchUp` to fill it.
 *
 * @throws IndexError INDEX_MISSING, INDEX_MISMATCH, INDEX_DAMAGED when opened for reading
 */
export async function openIndex(options: OpenIndexOptions): Promise<SearchIndex> {
  const db = openDatabase(options.path, options.mode);
  try {
    const table = new SegmentTable(db);
    const vaultless = options.vault === undefined && (readState(db)?.vault.length ?? 0) > 0;
    const writable = options.mode === 'write' && !vaultless; // without the vault it can't go on with persons
    if (options.mode === 'read') await requireMatch(options, readState(db));
    const indexer = writable ? new Indexer(db, table, options.log, options.vault) : undefined;
    return new SearchIndex(db, table, indexer, options);
  } catch (error) {
    db.close();
    throw error;
  }
}

async function requireMatch(
  { log, vault }: OpenIndexOptions,
  state: ReturnType<typeof readState>,
): Promise<void> {
  const reason = await mismatch(state, log, vault);
  if (reason !== undefined) throw new IndexError('INDEX_MISMATCH', reason);
}
