import type { Query, Value } from './ast.ts';

/** What turns persons into tokens; a `VaultReader` of the log fits. */
export interface TokenVault {
  /** 32 bytes, HMAC of a person (format v1 §3). */
  personKey(type: string, id: string): Uint8Array;
}

/**
 * The token of a person: 16 hexadecimal digits, the first 8 bytes of their key in this log's vault. It can stand in a query
 * (`subject:~0123456789abcdef`) and in a URL where the person can't.
 */
export function tokenOf(vault: TokenVault, type: string, id: string): string {
  return Buffer.from(vault.personKey(type, id).subarray(0, 8)).toString('hex');
}

/** Whether a query names a person by type and id. */
export function namesPerson(query: Query): boolean {
  return query.clauses.some(
    (clause) => clause.kind === 'qualifier' && clause.values.some((value) => value.kind === 'person'),
  );
}

/** The query with everybody whom it names by type and id given by token: it finds the same and says of nobody who they are. */
export function tokenized(query: Query, vault: TokenVault): Query {
  const withToken = (value: Value): Value => {
    if (value.kind !== 'person') return value;
    const { type, id, position, length } = value;
    return { kind: 'token', token: tokenOf(vault, type, id), position, length };
  };
  return {
    clauses: query.clauses.map((clause) =>
      clause.kind === 'word' ? clause : { ...clause, values: clause.values.map(withToken) },
    ),
  };
}
