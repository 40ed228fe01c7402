import { randomUUID } from 'node:crypto';
import { type CompiledRegister, EventError, isProblems, type Refusal, validateEvent } from '@zegel/log';
import type { Line } from './protocol.ts';

/** Bytes of a collector's body: what is longer in one piece could never be sent. */
const MOST_BYTES = 10 * 1024 * 1024;
/** Events that go together. */
const MOST_TOGETHER = 10_000;

/** An event as it will be kept: named, in one line of JSON that nobody can change any more. */
export interface Prepared {
  readonly id: string;
  readonly text: string;
}

/**
 * Takes a copy of an event. One without an id gets one, and the time, so that it is the same event however often it is
 * sent. One that its caller named is left as it is, so that it is the same when the caller repeats it.
 */
export function prepare(event: unknown, register: CompiledRegister | undefined): Prepared | Refusal {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return invalid('must be an object');
  const given = event as Readonly<Record<string, unknown>>;
  const named = typeof given['id'] === 'string';
  const id = named ? (given['id'] as string) : randomUUID();
  const added = named || given['id'] !== undefined ? {} : { id, occurred: new Date().toISOString() };
  const text = textOf(named ? given : { ...added, ...defined(given) });
  if (typeof text !== 'string') return text;
  if (Buffer.byteLength(text) > MOST_BYTES)
    return { refused: 'TOO_LARGE', problems: [{ path: '', message: 'is over 10 MiB as JSON' }] };
  const problems = register && validateEvent(register, JSON.parse(text));
  if (problems !== undefined && isProblems(problems)) return { refused: 'EVENT_INVALID', problems };
  return { id, text };
}

/** The line of events that go whole or not at all. @throws EventError with everything that is wrong with any of them */
export function together(all: readonly (Prepared | Refusal)[]): Line {
  const several = all.length > 1;
  const refused = all.findIndex((one) => 'refused' in one);
  const problems = all.flatMap((one, at) =>
    'refused' in one ? one.problems.map((p) => (several ? { ...p, path: `/${at}${p.path}` } : p)) : [],
  );
  if (refused >= 0) throw new EventError(problems, several ? refused : undefined);
  const texts = all.map((one) => ('text' in one ? one.text : ''));
  const text = several ? `[${texts.join(',')}]` : texts.join('');
  if (all.length > MOST_TOGETHER || Buffer.byteLength(text) > MOST_BYTES)
    throw new EventError([
      { path: '', message: `is too much to go together: ${MOST_TOGETHER} events, 10 MiB as JSON` },
    ]);
  return { kind: 'events', text, count: all.length };
}

/** Keys that are given as undefined are not given. */
function defined(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function textOf(event: object): string | Refusal {
  try {
    return JSON.stringify(event) ?? invalid('is not JSON');
  } catch (error) {
    return invalid(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function invalid(message: string): Refusal {
  return { refused: 'EVENT_INVALID', problems: [{ path: '', message }] };
}
