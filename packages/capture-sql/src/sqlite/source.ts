import type { Database, Statement } from 'better-sqlite3';
import type { Gate } from '../gate.ts';
import type { TextFacts } from '../sql/facts.ts';
import { tokens } from '../sql/tokens.ts';
import { type Analysis, analyse, CHANGES } from './analysis.ts';
import { databases, readSchema, type Schema } from './schema.ts';

/** Another process may change the schema: how long, in milliseconds, until that is noticed. */
const LOOK_AGAIN = 1000;

/** Analyses kept; a service that writes values into its statements has no end of them. */
const MOST = 2000;

/** A captured connection: its schema as it is now, and analyses made under it. */
export class Source {
  readonly db: Database;
  readonly gate: Gate;
  /** Grows whenever the schema was read anew. */
  generation = 0;
  #schema: Schema | undefined;
  #version = '';
  #lookAt = 0;
  /** The schema was changed in a transaction that may yet be rolled back. */
  #unsettled = false;
  #analyses = new Map<string, Analysis>();
  #versions: readonly Statement<[], number>[] = [];

  constructor(db: Database, gate: Gate) {
    this.db = db;
    this.gate = gate;
  }

  /** The analysis of a statement under the schema as it is. */
  analysis(sql: string, statement: Statement): Analysis {
    const schema = this.schema();
    const known = this.#analyses.get(sql);
    if (known !== undefined) return known;
    const made = analyse(this.db, this.gate, schema, tokens(sql, 'sqlite'), sql, statement);
    if (this.#analyses.size >= MOST) this.#analyses.clear();
    this.#analyses.set(sql, made);
    return made;
  }

  schema(): Schema {
    const now = Date.now();
    if (this.#schema !== undefined && now < this.#lookAt && !this.#unsettled) return this.#schema;
    this.#lookAt = now + LOOK_AGAIN;
    this.#unsettled &&= this.db.inTransaction;
    const version = this.#schema === undefined ? undefined : this.#readVersion();
    if (this.#schema !== undefined && version === this.#version) return this.#schema;
    return this.#read();
  }

  /** To be called when a statement has run: it may have changed the schema. */
  ran({ verb }: Pick<TextFacts, 'verb'>): void {
    if (!CHANGES.has(verb)) return;
    this.#schema = undefined;
    this.#unsettled = this.db.inTransaction;
  }

  #read(): Schema {
    this.#versions = databases(this.db).map(({ name }) =>
      this.db.prepare<[], number>(`PRAGMA "${name.replaceAll('"', '""')}".schema_version`).pluck(),
    );
    this.#version = this.#readVersion();
    this.#schema = readSchema(this.db, this.gate.map);
    this.#analyses.clear();
    this.generation++;
    return this.#schema;
  }

  #readVersion(): string {
    return this.#versions.map((each) => each.get()).join(' ');
  }
}
