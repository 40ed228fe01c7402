import { type DataMap, fold, type MappedTable } from '../data-map.ts';
import type { ResultColumn } from '../result-plan.ts';
import type { Sources } from '../sql/mentions.ts';
import { tokens } from '../sql/tokens.ts';
import type { FunctionRow, RelationRow } from './catalogue-query.ts';
import { parseRule, type ViewRule } from './rule.ts';

/** Objects below this number are PostgreSQL's own. */
const FIRST_OWN = 16_384;

interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly rule: ViewRule | undefined;
}

/** Names behind the numbers of a row description, and what stands behind views and functions. */
export class Catalogue {
  readonly #map: DataMap;
  readonly #relations = new Map<number, Relation>();
  readonly #views = new Map<string, number[]>();
  /** Functions whose text leads to a mapped table, or to one made up as it runs. */
  readonly #functions = new Set<string>();
  readonly #functionOids = new Set<number>();

  constructor(map: DataMap, relations: readonly RelationRow[], functions: readonly FunctionRow[]) {
    this.#map = map;
    for (const { oid, schema, name, columns, rule } of relations) {
      const relation = {
        schema,
        name,
        columns: columns ?? {},
        rule: rule === null ? undefined : parseRule(rule),
      };
      this.#relations.set(Number(oid), relation);
      if (relation.rule === undefined) continue;
      const known = this.#views.get(fold(name));
      if (known === undefined) this.#views.set(fold(name), [Number(oid)]);
      else known.push(Number(oid));
    }
    this.#follow(functions);
  }

  /** Whether the relation is known, or PostgreSQL's own. */
  knows(table: number): boolean {
    return table < FIRST_OWN || this.#relations.has(table);
  }

  /** The column of a table that a result column is, through views; only its name where it has no origin. */
  origin(name: string, table: number, column: number): ResultColumn {
    const relation = this.#relations.get(table);
    if (relation === undefined || column === 0) return { name };
    const { schema, rule } = relation;
    const own = relation.columns[column];
    if (rule === undefined || this.#map.find(relation.name, schema) !== undefined) {
      return own === undefined ? { name } : { name, schema, table: relation.name, column: own };
    }
    const behind = rule.columns.get(column);
    return behind === undefined ? { name } : this.origin(name, behind.table, behind.column);
  }

  /** A mapped table stands for itself; a view for the mapped tables it reads, as often as it does. */
  readonly sources: Sources = (name, schema) => {
    const table = this.#map.find(name, schema);
    if (table !== undefined) return [table];
    return (this.#views.get(fold(name)) ?? []).flatMap((oid) => this.#behind(oid, new Set()));
  };

  isView(name: string): boolean {
    return this.#views.has(fold(name));
  }

  /** Whether a call of the function may read a mapped table. */
  isConcerned(name: string): boolean {
    return this.#functions.has(fold(name));
  }

  /** Mapped tables read by a relation; all of them where it calls a function that may read any. */
  #behind(oid: number, above: ReadonlySet<number>): readonly MappedTable[] {
    const relation = this.#relations.get(oid);
    if (relation === undefined || above.has(oid)) return [];
    const table = this.#map.find(relation.name, relation.schema);
    if (table !== undefined) return [table];
    const { rule } = relation;
    if (rule === undefined) return [];
    if (rule.functions.some((each) => this.#functionOids.has(each))) return this.#map.tables;
    const seen = new Set([...above, oid]);
    return rule.relations.flatMap((each) => this.#behind(each, seen));
  }

  #follow(functions: readonly FunctionRow[]): void {
    const words = functions.map(({ body }) => tokens(body.replaceAll(/\$[\p{L}_]*\$/gu, ' '), 'postgres'));
    for (let before = -1; before !== this.#functionOids.size; ) {
      before = this.#functionOids.size;
      for (const [at, { name, oid }] of functions.entries()) {
        const leads = (words[at] ?? []).some(
          ({ kind, text }, place) =>
            (kind === 'word' || kind === 'name') &&
            (text === 'execute' || this.sources(text).length > 0 || (place > 0 && this.isConcerned(text))),
        );
        if (!leads) continue;
        this.#functions.add(fold(name));
        this.#functionOids.add(Number(oid));
      }
    }
  }
}
