import type { Problem } from '@zegel/log';

/** Everything that is wrong with an event, in one line. */
export function problemsText(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; ');
}
