import { ID_WORDS } from './person.ts';
import type { Problem } from './problem.ts';
import { isRecord, optional, report, reportUnknownKeys } from './report.ts';
import { isFreeText, isHex, isIdentifier } from './text.ts';
import { isTime } from './time.ts';
import type { AccessEvent, EventTrace } from './types.ts';

/** An event of which nothing is known yet but that it is an object. */
export type Given = Readonly<Partial<Record<keyof AccessEvent, unknown>>>;

const TRACE_KEYS: ReadonlySet<string> = new Set(['trace', 'span']);

/** What goes with an event without being part of what was done. */
export function checkExtras(given: Given, problems: Problem[]): void {
  const { occurred, id, confidential, reason, trace, of } = given;
  optional(occurred, isTime, '/occurred', 'a moment that exists, as YYYY-MM-DDTHH:mm:ss.sssZ', problems);
  optional(id, isIdentifier, '/id', ID_WORDS, problems);
  optional(given.case, isIdentifier, '/case', ID_WORDS, problems);
  optional(reason, isFreeText, '/reason', 'well-formed text of at most 64 KiB', problems);
  if (confidential !== undefined && typeof confidential !== 'boolean') {
    report(problems, '/confidential', 'must be true or false');
  }
  if (of !== undefined && (!Number.isSafeInteger(of) || (of as number) < 0)) {
    report(problems, '/of', 'must be the index of an entry');
  }
  if (trace !== undefined) checkTrace(trace, problems);
}

function checkTrace(value: unknown, problems: Problem[]): void {
  if (!isRecord(value)) return report(problems, '/trace', 'must be an object');
  reportUnknownKeys(value, TRACE_KEYS, '/trace', problems);
  const { trace, span } = value as Partial<Record<keyof EventTrace, unknown>>;
  if (typeof trace !== 'string' || !isHex(trace, 32)) {
    report(problems, '/trace/trace', 'must be 32 lower-case hexadecimal digits');
  }
  if (typeof span !== 'string' || !isHex(span, 16)) {
    report(problems, '/trace/span', 'must be 16 lower-case hexadecimal digits');
  }
}
