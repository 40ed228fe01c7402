import { randomBytes } from 'node:crypto';

/** What a token may be used for. */
export const SCOPES = ['events', 'read', 'reveal', 'metrics'] as const;

/**
 * `events`: append events and gaps. `read`: search and read entries, persons by pseudonym. `reveal`: together with `read`,
 * who they are and naming them in a query, for a reason. `metrics`: figures of the service.
 */
export type Scope = (typeof SCOPES)[number];

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const SHAPE = /^zegel_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** The two halves of a token's text: what it is found by, and what only its holder knows. */
export interface TokenParts {
  readonly id: string;
  readonly secret: string;
}

/** A new token: `zegel_<id>_<secret>`, the secret 32 random bytes. */
export function makeToken(): TokenParts & { readonly text: string } {
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { id, secret, text: `zegel_${id}_${secret}` };
}

/** Takes a token's text apart; undefined when it is none. */
export function parseToken(text: string): TokenParts | undefined {
  const [, id, secret] = SHAPE.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
