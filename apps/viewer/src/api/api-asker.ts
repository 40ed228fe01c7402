import type { Person } from '@zegel/reading';
import type { Context } from 'hono';
import { consult } from '../consult/consult.ts';
import type { Env } from '../env.ts';
import { HttpError } from '../http/http-error.ts';
import { MOST_REASON } from '../search/naming.ts';
import type { Services } from '../services.ts';

/** Header that says why identities are asked for; it is sealed in the entry of the request. */
const REASON_HEADER = 'zegel-reason';

/** Who asks the API, and whether names are wanted. */
export interface Asker {
  readonly source: string;
  /** Why identities are to be revealed; without it nobody is. */
  readonly reason: string | undefined;
}

/** Who sent a request. @throws HttpError `SCOPE_MISSING` for a reason without the scope, `PARAMETER_WRONG` */
export function askerOf(c: Context<Env>): Asker {
  const { source, scopes } = c.get('token');
  const reason = c.req.header(REASON_HEADER)?.trim();
  if (reason === undefined) return { source, reason };
  if (!scopes.includes('reveal'))
    throw new HttpError(
      'SCOPE_MISSING',
      'this token lacks the scope reveal: without it there is nothing to give a reason for',
    );
  if (reason === '' || reason.length > MOST_REASON)
    throw new HttpError('PARAMETER_WRONG', `${REASON_HEADER} must have 1 to ${MOST_REASON} characters`);
  return { source, reason };
}

/** Appends the entry of a request before it is answered. */
export async function consultByToken(
  services: Services,
  { source, reason }: Asker,
  what: 'search' | 'entry',
  persons: Iterable<Person>,
  fields: readonly string[],
): Promise<void> {
  await consult(
    services,
    { name: source },
    {
      ...{ action: what === 'search' ? 'search' : 'read', by: 'service', persons, fields },
      operation: reason === undefined ? `api.${what}` : `api.${what}-reveal`,
      ...(reason !== undefined && { reason }),
    },
  );
}
