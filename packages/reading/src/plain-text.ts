/** A value of an entry in words: texts as they are, nothing for nothing, lists and objects as JSON. */
export function plainText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
