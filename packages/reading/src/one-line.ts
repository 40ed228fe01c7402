// Controls, line ends, and marks that turn the direction of text around: on a terminal they could show something else than is there.
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;
const LINE_ENDS = /\s*[\r\n\u2028\u2029]+\s*/gu;

/** A text on one line, safe to show on a terminal. */
export function oneLine(text: string): string {
  return visible(text.trim().replaceAll(LINE_ENDS, ' '));
}

/** A text with every character that would not show written as `\u{…}`. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
