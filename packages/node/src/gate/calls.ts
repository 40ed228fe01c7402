import type { ServerResponse } from 'node:http';

/** Methods of a response that send something, or see to it that nothing is sent. */
export type Sending = 'writeHead' | 'write' | 'end' | 'flushHeaders' | 'destroy';

/** A call that waits for the entry. */
export interface Call {
  readonly name: Sending;
  readonly args: readonly unknown[];
}

type Method = (...args: readonly unknown[]) => unknown;

/** Methods of an object by name, as they are now: an instance's own, or what another middleware has put there. */
export function methodsOf<Name extends string>(
  target: object,
  names: readonly Name[],
): Readonly<Record<Name, Method>> {
  return Object.fromEntries(names.map((name) => [name, methodOf(target, name)])) as Record<Name, Method>;
}

function methodOf(target: object, name: string): Method {
  const method: unknown = Reflect.get(target, name);
  return (...args) => Reflect.apply(method as Method, target, args);
}

/** Tells the one who waits for a chunk that it will never be sent. */
export function failCall({ args }: Call, error: Error): void {
  const callback = args.at(-1);
  if (typeof callback === 'function') process.nextTick(callback, error);
}

/** Whether node:http would refuse this chunk when it is given, instead of when it is sent. */
export function isChunk(chunk: unknown): boolean {
  return typeof chunk === 'string' || chunk instanceof Uint8Array;
}

/** Headers that are set on a response or waiting in a call of `writeHead`. */
export function headersOf(res: ServerResponse, calls: readonly Call[]): ReadonlyMap<string, unknown> {
  const given = calls.filter(({ name }) => name === 'writeHead').map(({ args }) => args.at(-1));
  const pairs = given.flatMap((headers) =>
    typeof headers === 'object' && headers !== null && !Array.isArray(headers) ? Object.entries(headers) : [],
  );
  return new Map([...Object.entries(res.getHeaders()), ...pairs]);
}
