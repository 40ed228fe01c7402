import type { Finding } from '@zegel/core';
import { LogError, openVaultReader, type VaultReader } from '@zegel/log';

/** A vault to be verified, as it is; or what keeps it from being opened, which is a finding about it. */
export async function vaultToCheck(
  url: string,
  keys: string | undefined,
): Promise<{ readonly vault?: VaultReader; readonly findings: readonly Finding[] }> {
  try {
    return { vault: await openVaultReader(url, { keys, heal: false }), findings: [] };
  } catch (error) {
    return { findings: [vaultDamage(error)] };
  }
}

/** The finding that an error stands for. @throws the error when it tells of no damage */
export function vaultDamage(error: unknown): Finding {
  if (!(error instanceof LogError && error.code === 'VAULT_DAMAGED')) throw error;
  return { code: 'store-damaged', message: `vault.db: ${error.message}` };
}
