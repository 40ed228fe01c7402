import { ACTOR_KINDS } from '@zegel/core';
import { isAmong, whyNotAmong } from './names.ts';
import { ID_WORDS, mayAct, whyNoPerson } from './person.ts';
import type { Problem } from './problem.ts';
import { isRecord, optional, report, reportUnknownKeys } from './report.ts';
import { isFreeText, isIdentifier, isPrintable } from './text.ts';
import type { EventActor } from './types.ts';

type Names = ReadonlySet<string> | undefined;

const KEYS: ReadonlySet<string> = new Set(['kind', 'type', 'id', 'role', 'ip', 'userAgent']);
const KINDS: ReadonlySet<unknown> = new Set(ACTOR_KINDS);

/** Checks who acted. */
export function checkActor(value: unknown, persons: Names, roles: Names, problems: Problem[]): void {
  if (!isRecord(value)) return report(problems, '/actor', 'must be an object');
  const { kind, type, id, role, ip, userAgent } = value as Partial<Record<keyof EventActor, unknown>>;
  for (const key in value) {
    if (KEYS.has(key)) continue;
    reportUnknownKeys(value, KEYS, '/actor', problems);
    break;
  }
  if (!KINDS.has(kind)) report(problems, '/actor/kind', `must be one of ${ACTOR_KINDS.join(', ')}`);
  if (kind === 'anonymous') checkNobody(type, id, problems);
  else if (typeof id !== 'string' || !isIdentifier(id)) report(problems, '/actor/id', `must be ${ID_WORDS}`);
  if (type !== undefined && !mayAct(type, persons)) report(problems, '/actor/type', whyNoPerson(type));
  if (role !== undefined && !isAmong(role, roles)) {
    report(problems, '/actor/role', whyNotAmong(role, 'role under this activity'));
  }
  optional(ip, isPrintable, '/actor/ip', 'printable ASCII of at most 64 characters', problems);
  optional(userAgent, isFreeText, '/actor/userAgent', 'well-formed text of at most 64 KiB', problems);
}

/** An anonymous actor is no person: what names one would silently be lost. */
function checkNobody(type: unknown, id: unknown, problems: Problem[]): void {
  if (id !== undefined) report(problems, '/actor/id', 'is not for an anonymous actor');
  if (type !== undefined && type !== 'anonymous')
    report(problems, '/actor/type', 'is not for an anonymous actor');
}
