/** One thing that is wrong with a document or an event. Messages name keys, never a person's values. */
export interface Problem {
  /** JSON Pointer (RFC 6901) to the value concerned; empty for the whole. */
  readonly path: string;
  /** Plain English, without a full stop. */
  readonly message: string;
}

const LONGEST_NAME = 64;

/** A reference token of a JSON Pointer: escaped, well-formed and cut short, since keys may be hostile. */
export function pointerToken(key: string | number): string {
  return shorten(String(key)).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A key in a message: quoted, without control characters, cut short. */
export function quoted(key: string): string {
  return JSON.stringify(shorten(key));
}

function shorten(text: string): string {
  const cut = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
  return cut.toWellFormed();
}

/** The first problems in one line, for the message of an error. */
export function summarize(problems: readonly Problem[]): string {
  const list = problems
    .slice(0, 3)
    .map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  return list.join('; ') + more;
}
