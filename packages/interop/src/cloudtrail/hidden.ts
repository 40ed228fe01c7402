import { textAt } from '../json.ts';

/** What CloudTrail writes in place of a value it keeps to itself. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** The text at a path, unless CloudTrail left it out or hid it. */
export function said(value: unknown, ...path: readonly string[]): string | undefined {
  const text = textAt(value, ...path);
  return text === HIDDEN ? undefined : text;
}
