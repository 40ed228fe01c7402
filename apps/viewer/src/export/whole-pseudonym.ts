import type { VaultReader } from '@zegel/log';
import { tokenOf } from '@zegel/search';
import { isRecord } from './entry-parts.ts';

/**
 * A person in a file: kind of person and the whole token, `customer ▪ 0123456789abcdef`. A page shows four digits of it; among
 * the persons of a large file those would be the same for many. `?` where the vault does not know; empty for nobody.
 */
export function wholePseudonym(vault: Pick<VaultReader, 'personKey'>, person: unknown): string {
  if (!isRecord(person)) return '';
  const { type, id } = person;
  if (typeof type !== 'string' || typeof id !== 'string') return '?';
  return `${type} ▪ ${tokenOf(vault, type, id)}`;
}
