import { HttpError } from '../http/http-error.ts';
import { MOST_REASON } from '../search/naming.ts';
import { LEAST_REASON } from '../texts/search-errors.ts';
import { type EntryPage, MOST_LIMIT, USUAL_LIMIT } from './entry-page.ts';

/** What is searched for by a body. */
export interface SearchBody extends EntryPage {
  readonly query: string;
  /** Why somebody is named. */
  readonly reason: string | undefined;
}

const KEYS: ReadonlySet<string> = new Set(['query', 'reason', 'limit', 'below']);

/** Reads `{query, reason?, limit?, below?}`; a message quotes nothing of it. @throws HttpError `PARAMETER_WRONG` */
export function searchBody(value: unknown): SearchBody {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpError('PARAMETER_WRONG', 'the body must be an object');
  const body = value as Readonly<Record<string, unknown>>;
  if (Object.keys(body).some((key) => !KEYS.has(key)))
    throw new HttpError('PARAMETER_WRONG', `only ${[...KEYS].join(', ')} can be given here`);
  const { query } = body;
  if (typeof query !== 'string') throw new HttpError('PARAMETER_WRONG', 'query must be a text');
  return {
    ...{ query, reason: reasonOf(body['reason']) },
    limit: numberOf('limit', body['limit'], { least: 1, most: MOST_LIMIT }) ?? USUAL_LIMIT,
    below: numberOf('below', body['below'], { least: 0, most: Number.MAX_SAFE_INTEGER }),
  };
}

function reasonOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const reason = typeof value === 'string' ? value.trim() : '';
  if (reason.length >= LEAST_REASON && reason.length <= MOST_REASON) return reason;
  throw new HttpError('PARAMETER_WRONG', `reason must have ${LEAST_REASON} to ${MOST_REASON} characters`);
}

function numberOf(
  name: string,
  value: unknown,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  throw new HttpError('PARAMETER_WRONG', `${name} must be a whole number from ${least} to ${most}`);
}
