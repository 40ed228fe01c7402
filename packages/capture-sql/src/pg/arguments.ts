/** Answers of a query, the way node-postgres hands them to callbacks. */
export type Callback = (error: unknown, result?: unknown) => void;

/** What `query` was given, in any of the ways in which node-postgres takes it. */
export interface Arguments {
  /** The text or configuration, without a callback. */
  readonly config: unknown;
  readonly sql: string | undefined;
  /** Name of a prepared statement. */
  readonly name: string | undefined;
  readonly values: readonly unknown[];
  readonly isArray: boolean;
  readonly callback: Callback | undefined;
}

/** Reads the arguments of `query(text | config, values?, callback?)`. */
export function readArguments(given: readonly unknown[]): Arguments {
  const [config, second, third] = given;
  const object = (typeof config === 'object' ? (config ?? {}) : {}) as Readonly<Record<string, unknown>>;
  const own = object['callback'];
  const callback = [second, third, own].find((each) => typeof each === 'function') as Callback | undefined;
  const values = Array.isArray(second) ? second : object['values'];
  const text = typeof config === 'string' ? config : object['text'];
  const name = object['name'];
  return {
    config: typeof own === 'function' ? { ...object, callback: undefined } : config,
    sql: typeof text === 'string' ? text : undefined,
    name: typeof name === 'string' ? name : undefined,
    values: Array.isArray(values) ? (values as readonly unknown[]) : [],
    isArray: object['rowMode'] === 'array',
    callback,
  };
}

/** Something that sends itself: a cursor, a stream of rows, a copy. */
export interface Submittable {
  readonly text?: unknown;
  readonly cursor?: unknown;
  readonly submit: unknown;
}

export function isSubmittable(config: unknown): config is Submittable {
  return typeof config === 'object' && config !== null && typeof Reflect.get(config, 'submit') === 'function';
}
