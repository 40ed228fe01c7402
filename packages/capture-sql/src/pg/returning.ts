import type { MappedTable } from '../data-map.ts';
import { is, isWord } from '../sql/places.ts';
import type { Token } from '../sql/tokens.ts';

/** Whether a change says that it returns the person's column, before it has run. */
export function returnsPerson(tokens: readonly Token[], table: MappedTable): boolean {
  const at = tokens.findLastIndex((token) => isWord(token, 'returning'));
  if (at === -1) return false;
  return tokens
    .slice(at)
    .some((token) => is(token, '*') || (token.kind !== 'text' && token.text === table.id));
}
