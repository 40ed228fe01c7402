import { ClientError, type ClientErrorCode } from '../errors.ts';

// By the beginning of a code of SQLite or of the file system; the first that fits counts.
const MEANINGS: readonly (readonly [prefix: string, code: ClientErrorCode, message: string])[] = [
  ['SQLITE_BUSY', 'OUTBOX_LOCKED', 'another process has this outbox open'],
  ['SQLITE_FULL', 'OUTBOX_FULL', 'no space left for the outbox'],
  ['SQLITE_IOERR_SHMSIZE', 'OUTBOX_FULL', 'no space left for the outbox'],
  ['ENOSPC', 'OUTBOX_FULL', 'no space left for the outbox'],
  ['EDQUOT', 'OUTBOX_FULL', 'no space left for the outbox'],
  ['SQLITE_NOTADB', 'OUTBOX_DAMAGED', 'this file is no outbox'],
  ['SQLITE_CORRUPT', 'OUTBOX_DAMAGED', 'the outbox is damaged'],
];

/** Whatever went wrong with the outbox's file, as the caller is told. */
export function outboxFailure(cause: unknown): ClientError {
  if (cause instanceof ClientError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = cause instanceof Error ? cause.message : String(cause);
  const [, meaning, words] = MEANINGS.find(([prefix]) => code.startsWith(prefix)) ?? [];
  return new ClientError(meaning ?? 'OUTBOX_IO', `${words ?? "the outbox can't be used"}: ${why}`, { cause });
}
