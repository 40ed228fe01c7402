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

/** The index against the log. One that is not there yet is none to compare. */
export async function compareSide(
  { index: path }: CheckRequest,
  log: LogReader,
  vault: VaultReader | undefined,
  { progress }: CheckTold,
): Promise<{ readonly result: SideResult; readonly notices: readonly Notice[] }> {
  progress({ stage: 'index', done: 0, total: 1 });
  try {
    const { findings } = await compareIndex({ path, log, vault: vault && indexVault(vault, log.origin) });
    return {
      result: findings.length === 0 ? 'good' : 'failed',
      notices: findings.map(({ code, index, message }) => ({
        code,
        message,
        ...(index !== undefined && { index }),
      })),
    };
  } catch (error) {
    if (error instanceof IndexError && error.code === 'INDEX_MISSING')
      return { result: 'missing', notices: [] };
    if (error instanceof LogError && error.code === 'VAULT_DAMAGED')
      return { result: 'unreadable', notices: [] };
    throw error;
  }
}
