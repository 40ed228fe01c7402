import type { VaultReader } from '@zegel/log';
import type { Person } from '@zegel/reading';

const BYTES = 8;

/** The token of a person in this log: 16 hexadecimal digits that only the vault's key leads to and from. */
export function tokenOf(vault: Pick<VaultReader, 'personKey'>, { type, id }: Person): string {
  return Buffer.from(vault.personKey(type, id)).toString('hex', 0, BYTES);
}
