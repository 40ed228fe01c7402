import type { Refusal } from '@zegel/log';

/** Everything that is wrong with a refused event, in one line. */
export function problemsText({ refused, problems }: Refusal): string {
  const all = problems.map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  return all.length === 0 ? refused : all.join('; ');
}
