import { LogError, type LogReader, openVaultReader, type VaultReader } from '@zegel/log';
import { compareIndex, indexVault, IndexError } from '@zegel/search';
import type { CheckRequest, CheckTold } from './check-protocol.ts';
import type { SideResult } from './integrity-state.ts';
import type { Notice } from './notice.ts';

/** The vault as it is, not healed; or what keeps it from being read. */
export async function vaultSide({
  log,
  keys,
}: CheckRequest): Promise<{ readonly vault?: VaultReader; readonly notices: readonly Notice[] }> {
  try {
    return { vault: await openVaultReader(log, { keys, heal: false }), notices: [] };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const damaged = error.code === 'VAULT_DAMAGED' || error.code === 'VAULT_MISSING';
    return { notices: damaged ? [{ code: 'store-damaged', message: `vault.db: ${error.message}` }] : [] };
  }
}

/** How something beside the entries came out. */
export interface Side {
  readonly result: SideResult;
  readonly notices: readonly Notice[];
  /** Where the next round goes on. */
  readonly next: number;
}

/** Of what was not looked at. */
export const SKIPPED: Side = { result: 'skipped', notices: [], next: 0 };

/** How much of the index is compared. */
export type IndexExtent = 'whole' | 'part' | 'none';

/** What is compared. */
export interface CompareWork {
  readonly request: CheckRequest;
  readonly log: LogReader;
  readonly vault: VaultReader | undefined;
  readonly extent: IndexExtent;
}

/** The index against the log, all of it or the part whose turn it is. One that is not there yet is none to compare. */
export async function compareSide(work: CompareWork, { progress }: CheckTold): Promise<Side> {
  if (work.extent === 'none') return SKIPPED;
  progress({ stage: 'index', done: 0, total: 1 });
  try {
    return await compared(work);
  } catch (error) {
    const code = error instanceof IndexError || error instanceof LogError ? error.code : undefined;
    if (code === 'INDEX_MISSING') return { ...SKIPPED, result: 'missing' };
    if (code === 'VAULT_DAMAGED') return { ...SKIPPED, result: 'unreadable' };
    throw error;
  }
}

async function compared({ request, log, vault, extent }: CompareWork): Promise<Side> {
  const until = performance.now() + request.sides.budget;
  const part = { from: request.indexFrom, more: () => performance.now() < until };
  const { findings, next = 0 } = await compareIndex({
    ...{ path: request.index, log, vault: vault && indexVault(vault, log.origin) },
    ...(extent === 'part' && { part }),
  });
  const notices = findings.map(({ code, index, message }) => ({
    ...{ code, message },
    ...(index !== undefined && { index }),
  }));
  if (notices.length > 0) return { result: 'failed', notices, next: 0 };
  if (extent === 'whole') return { result: 'good', notices, next: 0 };
  return { result: 'part', notices, next };
}
