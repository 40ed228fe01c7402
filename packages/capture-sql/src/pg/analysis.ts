import type { FieldDef } from 'pg';
import type { Gate, StatementPlan } from '../gate.ts';
import { planResult, type ResultColumn } from '../result-plan.ts';
import { type TextFacts, textFacts } from '../sql/facts.ts';
import type { Sources } from '../sql/mentions.ts';
import { statements, tokens, type Token } from '../sql/tokens.ts';
import { planWrites } from '../write-plan.ts';
import { mayCarry } from './carries.ts';
import type { Catalogue } from './catalogue.ts';
import { returnsPerson } from './returning.ts';

/** Statements of one query, as far as their text tells. */
export function factsOf(sql: string, sources: Sources): readonly TextFacts[] {
  return statements(tokens(sql, 'postgres')).map((words) => textFacts(opened(words), 'postgres', sources));
}

/** What a `do` block says stands in a text of its own. */
function opened(words: readonly Token[]): readonly Token[] {
  if (words[0]?.text !== 'do') return words;
  const inner = words.flatMap(({ kind, text }) => {
    return kind === 'text' ? tokens(text.replaceAll(/^\$[\p{L}_]*\$|\$[\p{L}_]*\$$/gu, ' '), 'postgres') : [];
  });
  return [words[0], ...inner];
}

/** What is planned before a statement runs: its changes. Those that will say whom they touched wait for their rows. */
export function planBefore(facts: TextFacts): StatementPlan {
  const [change, ...others] = facts.writes;
  const waits =
    change?.table !== undefined &&
    change.depth === 0 &&
    others.length === 0 &&
    change.facts?.moves !== true &&
    returnsPerson(facts.tokens, change.table);
  const writes = planWrites(facts, undefined, () => true).map((write) => {
    return waits ? { ...write, returned: [] } : write;
  });
  return { operation: facts.operation, result: undefined, writes };
}

/** What is planned when its columns are known. */
export function planAfter(
  gate: Gate,
  catalogue: Catalogue,
  facts: TextFacts,
  fields: readonly FieldDef[],
  isArray: boolean,
): StatementPlan {
  const columns = fields.map(({ name, tableID, columnID }, at): ResultColumn | undefined => {
    // Of columns with one name, an object row keeps the last.
    const isHidden = !isArray && fields.findLastIndex((each) => each.name === name) !== at;
    return isHidden ? undefined : catalogue.origin(name, tableID >>> 0, columnID);
  });
  const { map, meaningOf } = gate;
  const carries = mayCarry(facts, catalogue);
  const result =
    fields.length === 0
      ? undefined
      : planResult({ map, meaningOf, facts, columns, carries, compound: false });
  return { operation: facts.operation, result, writes: planWrites(facts, result, () => true) };
}
