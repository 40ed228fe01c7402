import { ZegelError } from '@zegel/core';
import { type Problem, summarize } from '../event/problem.ts';
import { referenceProblems } from './references.ts';
import { shapeProblems } from './shape.ts';
import type { RegisterDocument } from './types.ts';

/** A document that is no register. `problems` lists everything that is wrong with it. */
export class RegisterError extends ZegelError {
  override readonly name = 'RegisterError';
  readonly code = 'REGISTER_INVALID' as const;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`register refused: ${summarize(problems)}`);
    this.problems = problems;
  }
}

/**
 * Checks a register of processing activities (GDPR art. 30) and gives a frozen copy of it.
 * References (fields, tables, persons, roles, recipients, events) are followed as far as the shape allows.
 *
 * @param json What `JSON.parse` gave; nothing else is looked at than its own plain JSON values.
 * @throws RegisterError with every problem at once.
 *
 * @example
 * const register = parseRegister(JSON.parse(readFileSync('register.json', 'utf8')));
 */
export function parseRegister(json: unknown): RegisterDocument {
  const problems = [...shapeProblems(json), ...referenceProblems(json)];
  if (problems.length > 0) throw new RegisterError(problems);
  return frozenCopy(json as RegisterDocument);
}

function frozenCopy<T>(value: T): T {
  const copy: T = structuredClone(value);
  freeze(copy);
  return copy;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
