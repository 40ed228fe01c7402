/** Why a value is not what the format allows there; codes are those of the findings. */
export interface Problem {
  readonly code: 'malformed' | 'unknown-key' | 'not-canonical';
  /** Where, from the top of the entry: `subjects[2].ref`; empty for the entry itself. */
  readonly path: string;
  readonly message: string;
}

/** A check of one value: undefined when it is fine. Never throws. */
export type Check = (value: unknown) => Problem | undefined;

/** The same problem, seen from the object or list around the value. */
export function within(step: string, problem: Problem): Problem {
  const dot = problem.path === '' || problem.path.startsWith('[') ? '' : '.';
  return { ...problem, path: `${step}${dot}${problem.path}` };
}

/** A value of the wrong form. */
export function malformed(message: string, path = ''): Problem {
  return { code: 'malformed', path, message };
}

/** One line for people. Never quotes a value, which may be personal data. */
export function problemText(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;
}
