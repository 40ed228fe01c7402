import type { MappedTable } from '../data-map.ts';
import type { Conjunct } from './conjuncts.ts';
import { is } from './places.ts';
import type { Token } from './tokens.ts';

/** Two tables whose rows are joined by the person: `orders.customer_id = customers.id`. */
export type EqualIds = readonly [MappedTable, MappedTable];

/** Equalities of person columns that hold for every row that both tables give to the result. */
export function equalIds(
  all: readonly Conjunct[],
  names: ReadonlyMap<string, MappedTable>,
): readonly EqualIds[] {
  return all.flatMap(({ filter, tokens }): readonly EqualIds[] => {
    if (filter || tokens.length !== 7 || !is(tokens[3], '=')) return [];
    const [left, right] = [idAt(tokens, 0, names), idAt(tokens, 4, names)];
    return left && right && left !== right && left.person === right.person ? [[left, right]] : [];
  });
}

function idAt(
  tokens: readonly Token[],
  at: number,
  names: ReadonlyMap<string, MappedTable>,
): MappedTable | undefined {
  const table = is(tokens[at + 1], '.') ? names.get(tokens[at]?.text ?? '') : undefined;
  return tokens[at + 2]?.text === table?.id ? table : undefined;
}
