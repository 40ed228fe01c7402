import { ZegelError } from './errors.ts';

/** Why a note was refused: its form, a known key's bad signature, no known key at all, a key known twice. */
export type NoteErrorCode =
  | 'NOTE_MALFORMED'
  | 'NOTE_BAD_SIGNATURE'
  | 'NOTE_NO_KNOWN_KEY'
  | 'NOTE_AMBIGUOUS_KEY';

/** Names a key: different keys may share the name or the id, not both (C2SP signed-note). */
export interface KeyIdentity {
  readonly name: string;
  /** Four bytes as 8 lower-case hex digits. */
  readonly keyId: string;
}

/** A note that is not to be believed, or text that can't become one. */
export class NoteError extends ZegelError {
  override readonly name = 'NoteError';
  readonly code: NoteErrorCode;
  /** The key concerned, with NOTE_BAD_SIGNATURE and NOTE_AMBIGUOUS_KEY. */
  readonly key: KeyIdentity | undefined;

  constructor(code: NoteErrorCode, message: string, options: { key?: KeyIdentity; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.key = options.key;
  }
}
