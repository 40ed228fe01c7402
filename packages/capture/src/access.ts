import { ACTIONS, type Action } from '@zegel/core';
import type { CaptureCore } from './capture.ts';
import type { Context } from './context.ts';
import type { CheckedDeclaration, Declaration } from './declaration.ts';
import { CaptureError, DeniedError } from './errors.ts';
import type { Person } from './person.ts';
import type { End } from './request-context.ts';
import { type Source, streamed } from './stream.ts';

/** What accesses need of their capture. */
export interface AccessParts {
  readonly core: Pick<CaptureCore, 'check'>;
  /** The context that the code runs in; under `available` a new one without an actor where there is none. @throws CaptureError `NO_CONTEXT` */
  readonly contextFor: (checked: CheckedDeclaration) => Context;
  readonly current: () => Context | undefined;
}

type Given = Omit<Declaration, 'action'> & {
  readonly subject?: Person | readonly Person[];
  readonly subjects?: readonly Person[];
};
type PersonsOf = (result: unknown) => readonly Person[];

/** How an act that threw has ended. */
function failed(error: unknown): End {
  return { outcome: error instanceof DeniedError ? 'denied' : 'error' };
}

/** The functions of `access`, without their types. */
export function accessFunctions(parts: AccessParts): Readonly<Record<string, unknown>> {
  const verbs = ACTIONS.map((action) => [
    action,
    (activity: string, given: Given, act: () => unknown, persons?: PersonsOf): Promise<unknown> =>
      perform(parts, activity, action, given, act, persons),
  ]);
  return Object.freeze({
    ...(Object.fromEntries(verbs) as Record<Action, unknown>),
    saw: (...args: readonly unknown[]): void => saw(parts, args),
    denied: (activity: string, given: Given & Declaration): Promise<void> => denied(parts, activity, given),
    stream: (activity: string, declaration: Declaration, source: Source<unknown>, persons: PersonsOf) => {
      const checked = parts.core.check(activity, declaration);
      return streamed(parts.contextFor(checked), checked, source, persons);
    },
  });
}

async function perform(
  { core, contextFor }: AccessParts,
  activity: string,
  action: Action,
  given: Given,
  act: () => unknown,
  persons: PersonsOf | undefined,
): Promise<unknown> {
  const { subject, subjects, ...declaration } = given;
  const checked = core.check(activity, { ...declaration, action });
  const known = persons === undefined ? knownOf(activity, subject, subjects) : 'discovered';
  const context = contextFor(checked).within();
  const access = context.declare(checked, known);
  await access.before();
  let result: unknown;
  try {
    result = await context.run(act);
    if (persons !== undefined) context.saw(persons(result));
  } catch (error) {
    await access.after(failed(error));
    throw error;
  }
  await access.after({ outcome: 'success' });
  return result;
}

function knownOf(
  activity: string,
  subject: Given['subject'],
  subjects: Given['subjects'],
): readonly Person[] {
  const known = subject ?? subjects;
  if (known !== undefined) return listOf(known);
  throw new CaptureError(
    'DECLARATION_INVALID',
    `an access under ${activity} names no subject, nor how to find it`,
    {
      activity,
      problems: [{ path: '/subject', message: 'is missing; an empty list says that nobody is concerned' }],
    },
  );
}

function listOf(persons: Person | readonly Person[]): readonly Person[] {
  return 'type' in persons ? [persons] : persons;
}

function saw({ core, current }: AccessParts, args: readonly unknown[]): void {
  const context = current();
  if (context === undefined) {
    throw new CaptureError('NO_CONTEXT', 'persons were seen outside any request or job');
  }
  const [activity, declaration, persons] = args;
  if (typeof activity === 'string') {
    context.sawUnder(core.check(activity, declaration as Declaration), persons as readonly Person[]);
  } else context.saw(args.flat() as readonly Person[]);
}

async function denied(
  { core, contextFor }: AccessParts,
  activity: string,
  given: Given & Declaration,
): Promise<void> {
  const { subject = [], subjects: _, ...declaration } = given;
  const checked = core.check(activity, declaration);
  const context = contextFor(checked).within();
  await context.declare(checked, listOf(subject)).after({ outcome: 'denied' });
}
