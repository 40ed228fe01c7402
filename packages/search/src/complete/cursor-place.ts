/** What of a query is being written at the cursor. Offsets in UTF-16 code units. */
export interface CursorPlace {
  /** The qualifier whose value is being written, in small letters; undefined for a word that may become one. */
  readonly qualifier: string | undefined;
  /** What stands before the cursor of it, without quotes. */
  readonly typed: string;
  /** Where it stands, also behind the cursor. */
  readonly position: number;
  readonly length: number;
  /** Other values of the same qualifier, without quotes. */
  readonly others: readonly string[];
}

const SPACE = /\s/u;

/** Finds what is being written at `cursor`, in any text, a query or not yet. */
export function cursorPlace(text: string, cursor: number): CursorPlace {
  const at = Math.max(0, Math.min(cursor, text.length));
  const [start, end] = clauseAround(text, at);
  const from = start + (text.charAt(start) === '-' && at > start ? 1 : 0);
  const colon = unquotedAt(text, from, end, ':');
  if (colon === undefined || at <= colon) {
    const typed = unquote(text.slice(from, at));
    return { qualifier: undefined, typed, position: from, length: (colon ?? end) - from, others: [] };
  }
  const cuts = [colon, ...allUnquoted(text, colon + 1, end, ','), end];
  const nth = cuts.findLastIndex((cut) => cut < at);
  const position = (cuts[nth] ?? colon) + 1;
  const values = cuts.slice(1).map((cut, i) => unquote(text.slice((cuts[i] ?? colon) + 1, cut)));
  return {
    qualifier: text.slice(from, colon).toLowerCase(),
    typed: unquote(text.slice(position, at)),
    position,
    length: (cuts[nth + 1] ?? end) - position,
    others: values.filter((_, i) => i !== nth),
  };
}

/** The characters between the spaces around `at`; spaces inside quotes part nothing. */
function clauseAround(text: string, at: number): readonly [number, number] {
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') i++;
    else if (!quoted && SPACE.test(character)) {
      if (i >= at) return [start, i];
      start = i + 1;
    }
  }
  return [start, text.length];
}

function unquotedAt(text: string, from: number, to: number, wanted: string): number | undefined {
  return allUnquoted(text, from, to, wanted)[0];
}

function allUnquoted(text: string, from: number, to: number, wanted: string): readonly number[] {
  const found: number[] = [];
  let quoted = false;
  for (let i = from; i < to; i++) {
    const character = text.charAt(i);
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') i++;
    else if (!quoted && character === wanted) found.push(i);
  }
  return found;
}

function unquote(text: string): string {
  return text.replaceAll(/\\(["\\])|"/g, '$1');
}
