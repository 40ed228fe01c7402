import type { FieldDef, QueryResult } from 'pg';
import type { Gate, StatementPlan } from '../gate.ts';
import type { TextFacts } from '../sql/facts.ts';
import type { Sources } from '../sql/mentions.ts';
import { factsOf, planAfter } from './analysis.ts';
import { CATALOGUE, type FunctionRow, type RelationRow } from './catalogue-query.ts';
import { Catalogue } from './catalogue.ts';

/** Runs SQL on a connection that is not captured. */
export type Ask = (sql: string) => Promise<unknown>;

/** Somebody else may change the schema: how long, in milliseconds, until that is noticed. */
const LOOK_AGAIN = 60_000;

/** Texts kept; a service that writes values into its statements has no end of them. */
const MOST = 2000;

const CHANGES = new Set(['create', 'alter', 'drop', 'do', 'call', 'import']);

interface Known {
  readonly facts: readonly TextFacts[];
  readonly plans: Map<string, StatementPlan>;
}

/** A captured database: its catalogue as it was last read, and what is known of statements under it. */
export class Source {
  readonly gate: Gate;
  #catalogue: Catalogue | undefined;
  #readAt = 0;
  #loading: Promise<Catalogue> | undefined;
  /** Changed in a transaction that may yet be rolled back. */
  #unsettled = false;
  readonly #texts = new Map<string, Known>();
  readonly #names = new Map<string, string>();

  constructor(gate: Gate) {
    this.gate = gate;
  }

  /** The text of a query; one sent by its name alone has that of the first time. */
  named(name: string | undefined, sql: string | undefined): string {
    if (name === undefined) return sql ?? '';
    if (sql !== undefined) this.#names.set(name, sql);
    return sql ?? this.#names.get(name) ?? '';
  }

  /** What a query's text says. */
  facts(sql: string): readonly TextFacts[] {
    return this.#known(sql).facts;
  }

  /** The catalogue, if it can be told at once. */
  get catalogue(): Catalogue | undefined {
    return performance.now() - this.#readAt < LOOK_AGAIN ? this.#catalogue : undefined;
  }

  /** Reads the catalogue unless that is under way. */
  load(ask: Ask): Promise<Catalogue> {
    this.#loading ??= this.#load(ask).finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  /** The catalogue, if all relations of these results are in it. */
  fits(results: readonly Pick<QueryResult, 'fields'>[]): Catalogue | undefined {
    const { catalogue } = this;
    return catalogue !== undefined && results.every(({ fields }) => allKnown(catalogue, fields))
      ? catalogue
      : undefined;
  }

  /** The plan of the `at`-th statement of a query for rows with these columns. */
  plan(
    sql: string,
    at: number,
    catalogue: Catalogue,
    fields: readonly FieldDef[],
    isArray: boolean,
  ): StatementPlan {
    const { facts, plans } = this.#known(sql);
    let key = `${at}${isArray ? 'a' : 'o'}`;
    for (const { name, tableID, columnID } of fields) key += `\0${tableID}.${columnID}.${name}`;
    const ready = plans.get(key);
    if (ready !== undefined) return ready;
    const own = facts[at] ?? facts[0];
    const none = { operation: 'statement', result: undefined, writes: [] };
    const plan = own === undefined ? none : planAfter(this.gate, catalogue, own, fields, isArray);
    plans.set(key, plan);
    return plan;
  }

  /** To be called when a query has run: it may have changed the schema, or taken a change back. */
  ran(facts: readonly TextFacts[]): void {
    for (const { verb } of facts) {
      const takesBack = this.#unsettled && (verb === 'rollback' || verb === 'abort' || verb === 'commit');
      if (!CHANGES.has(verb) && !takesBack) continue;
      this.#unsettled = !takesBack;
      this.#catalogue = undefined;
    }
  }

  async #load(ask: Ask): Promise<Catalogue> {
    const answer = (await ask(CATALOGUE)) as readonly [QueryResult<RelationRow>, QueryResult<FunctionRow>];
    const [relations, functions] = answer;
    this.#catalogue = new Catalogue(this.gate.map, relations.rows, functions.rows);
    this.#readAt = performance.now();
    this.#texts.clear();
    return this.#catalogue;
  }

  #known(sql: string): Known {
    const ready = this.#texts.get(sql);
    if (ready !== undefined) return ready;
    const { map } = this.gate;
    const tables: Sources = (name, schema) => {
      const table = map.find(name, schema);
      return table === undefined ? [] : [table];
    };
    const made = { facts: factsOf(sql, this.#catalogue?.sources ?? tables), plans: new Map() };
    if (this.#texts.size >= MOST) this.#texts.clear();
    this.#texts.set(sql, made);
    return made;
  }
}

function allKnown(catalogue: Catalogue, fields: readonly FieldDef[]): boolean {
  return fields.every(({ tableID }) => catalogue.knows(tableID >>> 0));
}
