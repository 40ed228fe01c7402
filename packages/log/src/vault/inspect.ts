import Database from 'better-sqlite3';
import { equalBytes, personToken } from '@zegel/core';
import { LogError } from '../errors.ts';
import { damageOf, type VaultDamage } from './damage.ts';
import { type HandleRow, openHandle } from './handle.ts';
import { scopeToken } from './handles.ts';
import { headerDamage } from './header.ts';
import { isSound, type SameRow } from './sameness.ts';
import { SCHEMA, SQL } from './statements.ts';
import { KEY_NAMES, type VaultFile } from './vault-file.ts';
import { readState } from './vault-state.ts';

/** A row of the schema, which is compared whole, but for the page that it begins on. */
interface SchemaObject {
  readonly type: string;
  readonly name: string;
}

type Look = (vault: VaultFile) => Iterable<VaultDamage>;

/** Everything of a vault that can be seen without the log: the file, its schema, and every row of every table. */
export function* inspectVault(vault: VaultFile): IterableIterator<VaultDamage> {
  const looks: readonly Look[] = [header, schema, pages, names, state, handles, sames];
  for (const look of looks) yield* damagedBy(look, vault);
}

// A file can be so damaged that looking at it fails, which is damage like any other.
function* damagedBy(look: Look, vault: VaultFile): IterableIterator<VaultDamage> {
  try {
    yield* look(vault);
  } catch (cause) {
    yield { message: damageOf(cause) };
  }
}

function header({ db }: VaultFile): VaultDamage[] {
  return headerDamage(db).map((message) => ({ message }));
}

function schema({ db }: VaultFile): VaultDamage[] {
  const found = objectsOf(db);
  const expected = expectedObjects();
  const messages: string[] = [];
  for (const [name, sql] of expected) {
    if (!found.has(name)) messages.push(`the ${name} is missing`);
    else if (found.get(name) !== sql) messages.push(`the ${name} was changed`);
  }
  for (const name of found.keys()) if (!expected.has(name)) messages.push(`the ${name} does not belong here`);
  return messages.map((message) => ({ message }));
}

function expectedObjects(): Map<string, string> {
  const db = new Database(':memory:');
  try {
    return objectsOf(db.exec(SCHEMA));
  } finally {
    db.close();
  }
}

function objectsOf(db: Database.Database): Map<string, string> {
  const objects = db.prepare<[], SchemaObject>(SQL.objects).all();
  // As JSON, in which a text made a blob is another value.
  return new Map(objects.map((object) => [`${object.type} ${object.name}`, JSON.stringify(object)]));
}

/** SQLite's own check of every page, of the type and order of every row, and of what the indexes have of them. */
function pages({ db }: VaultFile): VaultDamage[] {
  const lines = db.pragma('integrity_check(20)') as { readonly integrity_check: string }[];
  return lines.flatMap(({ integrity_check: message }) => (message === 'ok' ? [] : [{ message }]));
}

/** Rows by the names they must have; the keys opened when the vault was. */
function names({ db }: VaultFile): VaultDamage[] {
  const differs = (sql: string, expected: readonly string[]): boolean => {
    const found = db.prepare<[], string>(sql).pluck().all();
    return found.length !== expected.length || expected.some((name) => !found.includes(name));
  };
  const damage: VaultDamage[] = [];
  if (differs(SQL.secretNames, [...KEY_NAMES, 'state']))
    damage.push({ message: 'the table secret does not have the rows that it should' });
  if (differs(SQL.stateNames, ['generation']))
    damage.push({ message: 'the table state does not have the rows that it should' });
  return damage;
}

function state(vault: VaultFile): VaultDamage[] {
  return readState(vault) === undefined
    ? [{ message: 'the state of the vault is not as it was sealed; opening the log seals it anew' }]
    : [];
}

function* handles(vault: VaultFile): IterableIterator<VaultDamage> {
  // A page at a time: a reading that went on would keep what is destroyed meanwhile in the journal.
  const page = vault.db.prepare<[number], HandleRow & { readonly rowid: number }>(SQL.handlesFrom);
  for (let last = -1, rows = page.all(last); rows.length > 0; rows = page.all(last))
    for (const row of rows) {
      if (!(row.rowid > last)) throw disordered('handle');
      last = row.rowid;
      if (!isWhole(vault, row)) yield { message: `the handle in row ${last} was edited`, number: row.number };
    }
}

/** Whether a handle opens, and is found by the person and the scope it is of. */
function isWhole({ kek, keys }: VaultFile, row: HandleRow): boolean {
  const handle = openHandle(kek, row);
  if (handle === undefined || !/^\d{4}-\d{2}$/.test(row.month ?? '0000-00')) return false;
  const about = {
    sort: row.sort,
    case: row.month === null ? handle.case : undefined,
    month: row.month ?? '',
  };
  return (
    equalBytes(row.person, personToken(keys.lookup, handle.type, handle.id)) &&
    [false, true].some((confidential) =>
      equalBytes(row.scope, scopeToken(keys.lookup, { ...about, confidential })),
    )
  );
}

function* sames({ db, keys }: VaultFile): IterableIterator<VaultDamage> {
  const page = db.prepare<[Uint8Array], SameRow>(SQL.samesFrom);
  let last: Uint8Array = Buffer.alloc(0);
  for (let rows = page.all(last); rows.length > 0; rows = page.all(last))
    for (const row of rows) {
      if (!(row.id instanceof Uint8Array) || Buffer.compare(row.id, last) <= 0) throw disordered('same');
      last = row.id;
      if (!isSound(keys.same, row)) yield { message: 'a row of the table same was edited, or put there' };
    }
}

/** Without order a reading by pages would not end. */
function disordered(table: string): LogError {
  return new LogError('VAULT_DAMAGED', `the rows of the table ${table} are not in order`);
}
