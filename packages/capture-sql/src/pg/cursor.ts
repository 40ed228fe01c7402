import { promisify } from 'node:util';
import { CaptureError } from '@zegel/capture';
import type { FieldDef } from 'pg';
import type { Here } from '../gate.ts';
import type { Row } from '../persons-of-rows.ts';
import { answered } from './answered.ts';
import type { Callback, Submittable } from './arguments.ts';
import { beforeQuery, observeRows, type Running } from './query.ts';
import type { Ask, Source } from './source.ts';

/** The part of pg-cursor that is made use of. pg-query-stream has one inside. */
interface Cursor {
  readonly text: string;
  readonly values: readonly unknown[] | null;
  readonly _result: { readonly fields: readonly FieldDef[]; readonly rowAsArray?: boolean };
  read(count: number, callback: (error: unknown, rows?: readonly Row[]) => void): unknown;
}

/**
 * Makes each batch of a cursor pass the context before it is handed on.
 *
 * @throws CaptureError `SUBJECT_UNKNOWN` for anything else that sends itself and names a mapped table: its rows go
 *   ways that are not captured
 */
export function captureCursor(source: Source, ask: Ask, submittable: Submittable, here: Here): void {
  const cursor = [submittable, submittable.cursor].find(isCursor);
  if (cursor === undefined) return refuse(source, submittable, here);
  beforeQuery(source, cursor.text, cursor.values ?? [], here);
  const read = promisify(cursor.read.bind(cursor));
  const observed = async (count: number): Promise<readonly Row[]> => {
    const batch = (await read(count)) ?? [];
    const isArray = cursor._result.rowAsArray === true;
    return pass({ source, sql: cursor.text, isArray, here, ask }, cursor, batch);
  };
  cursor.read = (count, callback) => answered(observed(count), callback as Callback | undefined);
}

async function pass(running: Running, cursor: Cursor, batch: readonly Row[]): Promise<readonly Row[]> {
  const { source, sql, isArray } = running;
  const { fields } = cursor._result;
  if (fields.length === 0) return batch;
  // The connection is busy with the cursor: a catalogue that has to be read first comes from before.
  const catalogue = source.fits([{ fields: [...fields] }]) ?? (await source.load(running.ask));
  const plan = source.plan(sql, 0, catalogue, fields, isArray);
  observeRows(
    running,
    plan,
    batch,
    fields.map(({ name }) => name),
  );
  return batch;
}

function isCursor(each: unknown): each is Cursor {
  if (typeof each !== 'object' || each === null) return false;
  const { text, read, _result } = each as Partial<Record<keyof Cursor, unknown>>;
  return (
    typeof text === 'string' && typeof read === 'function' && typeof _result === 'object' && !('push' in each)
  );
}

function refuse(source: Source, { text }: Submittable, here: Here): void {
  const facts = typeof text === 'string' ? source.facts(text) : [];
  const [concerned] = facts.filter(({ mentions }) => mentions.length > 0);
  if (concerned === undefined) return;
  const context = source.gate.enter(concerned.operation, here);
  if (context === undefined) return;
  const message = `${concerned.operation}: its rows can't be followed; take a query or a cursor`;
  throw new CaptureError('SUBJECT_UNKNOWN', message);
}
