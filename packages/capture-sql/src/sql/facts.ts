import type { MappedTable } from '../data-map.ts';
import { type Conjunct, conjuncts } from './conjuncts.ts';
import { type EqualIds, equalIds } from './equal-ids.ts';
import { aliases, instances, type Mention, mentions, type Sources } from './mentions.ts';
import { isWord, nameAt, type Place, places } from './places.ts';
import type { Dialect, Token } from './tokens.ts';
import { valueSources } from './values.ts';
import { type WriteFacts, writeFacts } from './write-facts.ts';
import { type Write, writes } from './writes.ts';

/** A change of a table, and what it says of a mapped one. */
export interface TextWrite extends Write {
  readonly table: MappedTable | undefined;
  readonly facts: WriteFacts | undefined;
}

/** All that the text of one statement tells. */
export interface TextFacts {
  readonly tokens: readonly Token[];
  readonly places: readonly Place[];
  readonly mentions: readonly Mention[];
  readonly instances: ReadonlyMap<MappedTable, number>;
  readonly equalIds: readonly EqualIds[];
  readonly writes: readonly TextWrite[];
  readonly verb: string;
  /** The statement's shape as a name: `select.customers`. Its text never leaves the process. */
  readonly operation: string;
}

/** Reads one statement. */
export function textFacts(tokens: readonly Token[], dialect: Dialect, sources: Sources): TextFacts {
  const where = places(tokens);
  const all = mentions(tokens, where, sources);
  const conditions = conjuncts(tokens, where);
  const changes = writes(tokens, where).map((write) =>
    withFacts(tokens, write, conditions, dialect, sources),
  );
  const verb = changes.find(({ depth }) => depth === 0)?.verb ?? firstVerb(tokens);
  return {
    tokens,
    places: where,
    mentions: all,
    instances: instances(all),
    equalIds: equalIds(conditions, aliases(all)),
    writes: changes,
    verb,
    operation: operationName(verb, changes[0]?.name ?? all[0]?.name ?? firstTable(tokens)),
  };
}

function withFacts(
  tokens: readonly Token[],
  write: Write,
  conditions: readonly Conjunct[],
  dialect: Dialect,
  sources: Sources,
): TextWrite {
  const [table] = sources(write.name, write.schema);
  if (table === undefined) return { ...write, table, facts: undefined };
  // Only the outermost change is read; one inside `with` shares its conditions with others, and a
  // view has names of its own for the columns.
  const facts =
    write.depth === 0 && table.name.split('.').at(-1) === write.name
      ? writeFacts(tokens, write, table, conditions, valueSources(tokens, dialect))
      : { columns: undefined, ids: undefined, moves: false };
  return { ...write, table, facts };
}

function firstVerb(tokens: readonly Token[]): string {
  const first = tokens.find(({ kind }) => kind === 'word')?.text ?? 'statement';
  return first === 'with' ? 'select' : first;
}

function firstTable(tokens: readonly Token[]): string | undefined {
  const from = tokens.findIndex((token) => isWord(token, 'from'));
  return from === -1 ? undefined : nameAt(tokens[from + 1]);
}

const LONGEST = 64;

function operationName(verb: string, table: string | undefined): string {
  const name = table === undefined ? verb : `${verb}.${table}`;
  return name.replaceAll(/[^a-z0-9._-]/g, '-').slice(0, LONGEST);
}
