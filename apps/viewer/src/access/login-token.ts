import { randomBytes } from 'node:crypto';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const SHAPE = /^login_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** The two halves of a login token: what it is found by, and what only its holder knows. */
export interface LoginTokenParts {
  readonly id: string;
  readonly secret: string;
}

/** A new login token: `login_<id>_<secret>`, the secret 32 random bytes. */
export function makeLoginToken(): LoginTokenParts & { readonly text: string } {
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { id, secret, text: `login_${id}_${secret}` };
}

/** Takes a login token apart; undefined when it is none. Space around it, as copying leaves it, does not matter. */
export function parseLoginToken(text: string): LoginTokenParts | undefined {
  const [, id, secret] = SHAPE.exec(text.trim()) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
