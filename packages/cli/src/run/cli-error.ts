import { ZegelError } from '@zegel/core';

/** What the command itself refuses; see `docs/errors.md`. */
export type CliErrorCode =
  | 'USAGE'
  | 'FILE_MISSING'
  | 'FILE_UNREADABLE'
  | 'OUTPUT_FAILED'
  | 'OUTPUT_CLOSED'
  | 'RECEIPTS_LOST'
  | 'CHECKPOINT_NOT_SENT'
  | 'ACTIVITY_UNKNOWN'
  | 'BODY_MISSING'
  | 'INDEX_CHANGED'
  | 'INTERRUPTED';

/** A command that can't be run as asked. */
export class CliError extends ZegelError {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Wrong options or arguments. */
export function usage(message: string): CliError {
  return new CliError('USAGE', message);
}
