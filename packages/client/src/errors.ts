import { ZegelError } from '@zegel/core';
import type { Refusal } from '@zegel/log';

/** Everything that a client can be refused for, or tell of; see `docs/errors.md`. */
export type ClientErrorCode =
  | 'CLIENT_OPTIONS'
  | 'CLIENT_CLOSED'
  | 'OUTBOX_LOCKED'
  | 'OUTBOX_DAMAGED'
  | 'OUTBOX_FULL'
  | 'OUTBOX_IO'
  | 'OUTBOX_FAILED'
  | 'EVENT_REFUSED'
  | 'TOKEN_REFUSED'
  | 'COLLECTOR_UNREACHABLE'
  | 'COLLECTOR_STRANGE';

/** A client that can't be opened, an event that can't be kept, or one that the log refused. */
export class ClientError extends ZegelError {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  /** Of `EVENT_REFUSED`: why. */
  readonly refusal: Refusal | undefined;

  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions & { refusal?: Refusal }) {
    super(message, options);
    this.code = code;
    this.refusal = options?.refusal;
  }
}
