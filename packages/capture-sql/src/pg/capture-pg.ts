import { Gate } from '../gate.ts';
import type { CaptureSqlOptions } from '../options.ts';
import { answered } from './answered.ts';
import { type Callback, isSubmittable, readArguments } from './arguments.ts';
import { captureCursor } from './cursor.ts';
import { afterQuery, beforeQuery } from './query.ts';
import { type Ask, Source } from './source.ts';

/** A pool or client as it is called here. */
interface Target {
  query(...given: readonly unknown[]): unknown;
  connect(...given: readonly unknown[]): unknown;
}

/** A pool or client of node-postgres by its methods: who uses another driver need not have its types. */
export interface PgTarget {
  query(...given: never[]): unknown;
  connect(...given: never[]): unknown;
}

/**
 * A node-postgres pool or client whose queries tell the current context what they read and changed.
 * Hand it to Kysely, Drizzle or your own code in place of the one given, and keep that to yourself.
 *
 * - What a result holds is read off the table and column that PostgreSQL names for each of its
 *   columns; the names come from the catalogue, which is read once and again when the schema changes.
 * - A column without one (expressions, unions, results of functions) must be declared
 *   (`expressions`) where the text names a mapped column.
 * - Clients that a pool hands out by `connect` are captured, those of its events are not.
 *
 * @throws CaptureError from its queries: `NO_CONTEXT`, `SUBJECT_UNKNOWN`, `UNDECLARED`, `BULK_UNKNOWN`
 */
export function capturePg<T extends PgTarget>(target: T, options: CaptureSqlOptions): T {
  const source = new Source(new Gate(options));
  return 'totalCount' in target ? capturedPool(source, target) : captured(source, target);
}

const clients = new WeakMap<object, object>();

/** A client, the same one each time. */
function captured<T extends object>(source: Source, client: T): T {
  const known = clients.get(client);
  if (known !== undefined) return known as T;
  const target = client as unknown as Target;
  const ask: Ask = (sql) => target.query(sql) as Promise<unknown>;
  const proxy = withOwn(client, {
    query: (...given: readonly unknown[]) => query(source, target, ask, given),
    connect: (callback?: Callback) => {
      const ready = (target.connect() as Promise<unknown>).then(() => source.load(ask)).then(() => undefined);
      return answered(ready, callback);
    },
  });
  clients.set(client, proxy);
  return proxy;
}

function capturedPool<T extends object>(source: Source, pool: T): T {
  const target = pool as unknown as Target;
  const ask: Ask = (sql) => target.query(sql) as Promise<unknown>;
  return withOwn(pool, {
    query: (...given: readonly unknown[]) => query(source, target, ask, given),
    connect: (callback?: (error: unknown, client?: unknown, release?: unknown) => void) => {
      const leased = (error: unknown, client?: unknown): void => {
        if (error !== null) callback?.(error, undefined, () => undefined);
        else callback?.(undefined, client, (client as Leased).release.bind(client));
      };
      return answered(connected(source, target), callback && leased);
    },
  });
}

interface Leased {
  release(error?: unknown): void;
}

/** A client of the pool, with a catalogue to read its results by. */
async function connected(source: Source, pool: Target): Promise<Leased> {
  const client = (await pool.connect()) as Target & Leased;
  try {
    if (source.catalogue === undefined) await source.load((sql) => client.query(sql) as Promise<unknown>);
  } catch (error) {
    client.release(error);
    throw error;
  }
  return captured(source, client);
}

function query(source: Source, target: Target, ask: Ask, given: readonly unknown[]): unknown {
  const here = source.gate.here();
  if (isSubmittable(given[0])) {
    captureCursor(source, ask, given[0], here);
    return target.query(...given);
  }
  const { config, sql: text, name, values, isArray, callback } = readArguments(given);
  const sql = source.named(name, text);
  const running = { source, sql, isArray, here, ask };
  try {
    beforeQuery(source, sql, values, here);
  } catch (error) {
    return answered(Promise.reject(error), callback);
  }
  const sent = values.length > 0 ? target.query(config, values) : target.query(config);
  return answered(
    (sent as Promise<unknown>).then((result) => afterQuery(running, result)),
    callback,
  );
}

/** The same object with some methods of its own. */
function withOwn<T extends object>(target: T, own: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get: (_, key) =>
      typeof key === 'string' && Object.hasOwn(own, key) ? own[key] : Reflect.get(target, key),
  });
}
