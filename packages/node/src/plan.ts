import {
  type CaptureCore,
  CaptureError,
  type CheckedDeclaration,
  type Declaration,
  operationOf,
  type Person,
  type Problem,
} from '@zegel/capture';
import type { OutcomeOf } from './options.ts';

/** {@link AuditedOptions} without the names of a register. */
export interface LooseOptions<Input> extends Declaration {
  readonly subject?: (input: Input) => Person | readonly Person[];
  readonly subjects?: 'discovered' | ((input: Input) => readonly Person[]);
  readonly outcome?: OutcomeOf;
}

/** What is known of an audited route before its first request. */
export interface Plan<Input> {
  readonly checked: CheckedDeclaration;
  /** Whose data it is. */
  readonly subjects: (input: Input) => readonly Person[] | 'discovered';
  readonly outcome: OutcomeOf;
  /** Name of the operation, by method and route pattern. */
  readonly operation: (method: string, pattern: string) => string;
}

/**
 * Checks a declaration.
 *
 * @throws CaptureError `DECLARATION_INVALID` with every problem at once.
 */
export function planOf<Input>(
  capture: CaptureCore,
  activity: string,
  options: LooseOptions<Input>,
): Plan<Input> {
  const { subject, subjects, outcome = outcomeOf, ...declaration } = options;
  const problems = sources(subject, subjects);
  const checked = checkedWith(problems, activity, () => capture.check(activity, declaration));
  const names = new Map<string, string>();
  return {
    checked,
    subjects: (input) => personsOf(subject, subjects, input),
    outcome,
    operation: (method, pattern) => {
      const key = `${method} ${pattern}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const name = operationOf(method, pattern);
      names.set(key, name);
      return name;
    },
  };
}

/** 401 and 403 are `denied`, everything else from 400 is `error`. */
export function outcomeOf(status: number): 'success' | 'denied' | 'error' {
  if (status === 401 || status === 403) return 'denied';
  return status >= 400 ? 'error' : 'success';
}

function personsOf<Input>(
  subject: LooseOptions<Input>['subject'],
  subjects: LooseOptions<Input>['subjects'],
  input: Input,
): readonly Person[] | 'discovered' {
  if (subjects === 'discovered') return subjects;
  if (subjects !== undefined) return subjects(input);
  const found = subject?.(input) ?? [];
  return 'length' in found ? found : [found];
}

function sources(subject: unknown, subjects: unknown): readonly Problem[] {
  if (subject !== undefined && typeof subject !== 'function') {
    return [{ path: '/subject', message: 'must be a function of the request' }];
  }
  if (subjects !== undefined && subjects !== 'discovered' && typeof subjects !== 'function') {
    return [{ path: '/subjects', message: 'must be "discovered" or a function of the request' }];
  }
  if ((subject === undefined) === (subjects === undefined)) {
    return [{ path: '/subjects', message: 'needs either subject or subjects, to say whose data it is' }];
  }
  return [];
}

/** Joins our problems with the register's, so that one run tells them all. */
function checkedWith(
  problems: readonly Problem[],
  activity: string,
  check: () => CheckedDeclaration,
): CheckedDeclaration {
  try {
    const checked = check();
    if (problems.length === 0) return checked;
  } catch (cause) {
    if (!(cause instanceof CaptureError) || problems.length === 0) throw cause;
    throw invalid(activity, [...cause.problems, ...problems]);
  }
  throw invalid(activity, problems);
}

function invalid(activity: string, problems: readonly Problem[]): CaptureError {
  const words = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  return new CaptureError('DECLARATION_INVALID', `The declaration of ${activity} is wrong: ${words}`, {
    activity,
    problems,
  });
}
