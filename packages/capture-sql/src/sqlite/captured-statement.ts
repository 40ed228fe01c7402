import type { RequestContext } from '@zegel/capture';
import type { Database, RunResult, Statement } from 'better-sqlite3';
import { isPersonal, type StatementPlan } from '../gate.ts';
import type { Keys, Row } from '../persons-of-rows.ts';
import type { Parameters } from '../write-plan.ts';
import type { Analysis, Mode } from './analysis.ts';
import { expanded, keysOf } from './keys.ts';
import { observedRows } from './observed-rows.ts';
import { bindings, none } from './parameters.ts';
import { savepoint } from './savepoint.ts';
import type { Source } from './source.ts';

/** A statement on personal data, with the methods of better-sqlite3's: each hands on what was observed, and no more. */
export class CapturedStatement {
  /** The captured one. */
  readonly database: Database;
  readonly #source: Source;
  readonly #raw: Statement;
  #analysis: Analysis;
  #generation: number;
  #mode: Mode = 'flat';
  #bound: Parameters = none;

  constructor(source: Source, database: Database, raw: Statement, analysis: Analysis) {
    this.database = database;
    this.#source = source;
    this.#raw = raw;
    this.#analysis = analysis;
    this.#generation = source.generation;
  }

  /** For those who know better-sqlite3's type: it has the same methods, and none besides. */
  asStatement(): Statement {
    return this;
  }

  get source(): string {
    return this.#raw.source;
  }

  get reader(): boolean {
    return this.#raw.reader;
  }

  get readonly(): boolean {
    return this.#raw.readonly;
  }

  get busy(): boolean {
    return this.#raw.busy;
  }

  run(...values: readonly unknown[]): RunResult {
    const plan = this.#plan();
    this.#enter(plan, values, false);
    const result = this.#raw.run(...values);
    this.#source.ran(this.#analysis.facts);
    return result;
  }

  get(...values: readonly unknown[]): unknown {
    const plan = this.#plan();
    const context = this.#enter(plan, values, true);
    if (context === undefined) return this.#first(this.#raw.get(...values));
    return this.#guarded(plan, () => {
      const row = this.#raw.get(...values);
      if (row !== undefined) this.#observe(context, plan, [row]);
      else this.#observe(context, plan, []);
      return this.#first(row);
    });
  }

  all(...values: readonly unknown[]): unknown[] {
    const plan = this.#plan();
    const context = this.#enter(plan, values, true);
    if (context === undefined) return this.#firsts(this.#raw.all(...values));
    return this.#guarded(plan, () => {
      const rows = this.#raw.all(...values);
      this.#observe(context, plan, rows);
      return this.#firsts(rows);
    });
  }

  iterate(...values: readonly unknown[]): IterableIterator<unknown> {
    const plan = this.#plan();
    const context = this.#enter(plan, values, true);
    return observedRows(this.#raw.iterate(...values), (row) => {
      if (context !== undefined) this.#observe(context, plan, [row]);
      return this.#first(row);
    });
  }

  bind(...values: readonly unknown[]): this {
    this.#raw.bind(...values);
    this.#bound = bindings(values);
    return this;
  }

  raw(on = true): this {
    this.#raw.raw(on);
    return this.#switch('raw', on);
  }

  expand(on = true): this {
    this.#raw.expand(on);
    return this.#switch('expand', on);
  }

  /** Rows are read whole, so that they say whose they are, and the first column of each is handed on. */
  pluck(on = true): this {
    this.#raw.pluck(on);
    return this.#switch('pluck', on);
  }

  safeIntegers(on = true): this {
    this.#raw.safeIntegers(on);
    return this;
  }

  columns(): ReturnType<Statement['columns']> {
    return this.#raw.columns();
  }

  toString(): string {
    const text: { toString(): string } = this.#raw;
    return text.toString();
  }

  #switch(mode: Mode, on: boolean): this {
    if (on) this.#mode = mode;
    else if (this.#mode === mode) this.#mode = 'flat';
    // Each of the three ends the others, and whole rows are read for the first of their columns.
    const isRaw = this.#mode === 'raw' || this.#mode === 'pluck';
    this.#raw.raw(isRaw);
    if (this.#mode === 'expand') this.#raw.expand(true);
    return this;
  }

  #plan(): StatementPlan {
    this.#source.schema();
    if (this.#generation !== this.#source.generation) {
      const { db } = this.#source;
      this.#analysis = this.#source.analysis(this.source, db.prepare(this.source));
      this.#generation = this.#source.generation;
    }
    return this.#analysis.plan(this.#mode);
  }

  /** The context to tell; undefined where there is nothing to tell, or nobody. */
  #enter(plan: StatementPlan, values: readonly unknown[], rows: boolean): RequestContext | undefined {
    if (!isPersonal(plan)) return undefined;
    const { gate } = this.#source;
    const context = gate.enter(plan.operation);
    if (context === undefined || plan.writes.length === 0) return context;
    const given = values.length === 0 ? this.#bound : bindings(values);
    gate.beforeWrites(context, plan, given, rows);
    return context;
  }

  #observe(context: RequestContext, plan: StatementPlan, rows: readonly unknown[]): void {
    const { columns } = this.#analysis;
    const isNested = this.#mode === 'expand';
    const told = (isNested ? expanded(rows, columns) : rows) as readonly Row[];
    const keys: Keys = this.#mode === 'flat' ? keysOf(columns) : [];
    this.#source.gate.rows(context, plan, told, keys);
  }

  /** A change whose persons only its rows tell is undone where they may not be told. */
  #guarded<T>(plan: StatementPlan, work: () => T): T {
    return plan.writes.length === 0 ? work() : savepoint(this.#source.db, work);
  }

  #first(row: unknown): unknown {
    return this.#mode === 'pluck' && Array.isArray(row) ? row[0] : row;
  }

  #firsts(rows: unknown[]): unknown[] {
    return this.#mode === 'pluck' ? rows.map((row) => this.#first(row)) : rows;
  }
}
