import type { Html } from './html.ts';

/** Somebody as the viewer shows them: what they are, and a code that leads to no name. */
export interface Pseudonym {
  readonly type: string;
  /** The person token: 16 hexadecimal digits; undefined where the vault can't tell who it is. */
  readonly token: string | undefined;
}

/** Digits of a token that are shown. */
const SHOWN = 4;

/** The words of a pseudonym, such as `customer ▪ 3f9a`. */
export function pseudonymText({ type, token }: Pseudonym): string {
  return token === undefined ? type : `${type} ▪ ${token.slice(0, SHOWN)}`;
}

/** A person by pseudonym. */
export function Person({ person: { type, token } }: { readonly person: Pseudonym }): Html {
  return (
    <span class="person">
      {type}
      {token !== undefined && <span class="code"> ▪ {token.slice(0, SHOWN)}</span>}
    </span>
  );
}
