import type { Context } from 'hono';
import { HttpError } from './http-error.ts';

/** A whole number in its one decimal form, below 2^53; undefined for any other text. */
export function wholeNumber(text: string): number | undefined {
  const n = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(n) ? n : undefined;
}

/** A number of the query string, or what goes without. @throws HttpError `PARAMETER_WRONG` */
export function numberParameter<T>(
  c: Context,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: T },
): number | T {
  const text = c.req.query(name);
  if (text === undefined || text === '') return otherwise;
  const n = wholeNumber(text);
  if (n !== undefined && n >= least && n <= most) return n;
  throw new HttpError('PARAMETER_WRONG', `${name} must be a whole number from ${least} to ${most}`);
}

/** Refuses what is not asked for here: a misspelt parameter would otherwise widen an answer unseen. */
export function onlyParameters(c: Context, names: readonly string[]): void {
  const other = Object.keys(c.req.queries()).find((name) => !names.includes(name));
  if (other !== undefined)
    throw new HttpError('PARAMETER_WRONG', `only ${names.join(', ') || 'no parameter'} can be given here`);
}
