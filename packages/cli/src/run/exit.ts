/** Exit statuses. Scripts rely on the first three. */
export const EXIT = {
  fine: 0,
  /** Integrity failure or refused event. */
  refused: 1,
  /** Usage, missing file, unreachable store. */
  unable: 2,
  /** Stopped by the user: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

/** Codes of errors that tell of damage or tampering, or of a refused event. */
const REFUSED: ReadonlySet<string> = new Set([
  ...[
    'LOG_TRUNCATED',
    'LOG_FORKED',
    'LOG_DAMAGED',
    'VAULT_DAMAGED',
    'PUBLIC_FORKED',
    'PUBLIC_UNVERIFIED',
    'STORE_CORRUPT',
    'INDEX_DAMAGED',
  ],
  ...['EVENT_INVALID', 'ID_CONFLICT', 'TOO_LARGE', 'BAD_ENTRY'],
  ...['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'BODY_MISSING', 'CONSULTATION_REFUSED'],
]);

/** The status that an error's code stands for. */
export function exitOf(code: string): number {
  if (code === 'INTERRUPTED') return EXIT.interrupted;
  return REFUSED.has(code) ? EXIT.refused : EXIT.unable;
}
