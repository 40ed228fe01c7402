import { StoreError } from '../store-error.ts';
import type { Failure } from './failure.ts';
import { clockRefusal, credentialsText, regionText, unsentText, unusableText } from './refusal-words.ts';

/** What was asked, for messages. */
export interface Asked {
  /** Name of the operation in IAM policies and access logs. */
  readonly operation: string;
  readonly bucket: string;
  readonly key?: string;
  readonly isWrite?: boolean;
}

/** A failure that trying again would not mend, or that has been tried often enough, as an error of the store. */
export function refusal(failure: Failure, asked: Asked): StoreError {
  const { kind, text, cause } = failure;
  const what = `${asked.operation} on ${asked.bucket}${asked.key === undefined ? '' : `/${asked.key}`}`;
  const notAllowed = asked.isWrite === true ? 'STORE_READ_ONLY' : 'STORE_IO';
  switch (kind) {
    case 'no-bucket':
      return new StoreError('STORE_NOT_FOUND', `there is no bucket "${asked.bucket}" (${text})`, { cause });
    case 'full':
      return new StoreError('STORE_FULL', `no room for ${what} (${text})`, { cause });
    case 'denied':
      return new StoreError(notAllowed, `${what} is not allowed (${text})`, { cause });
    case 'credentials':
      return new StoreError(notAllowed, credentialsText(failure), { cause });
    case 'clock':
      return new StoreError('STORE_CLOCK', clockRefusal(failure), { cause });
    case 'region':
      return new StoreError('STORE_IO', regionText(failure, asked.bucket), { cause });
    case 'unsent':
      return new StoreError('STORE_IO', unsentText(failure), { cause });
    case 'unusable':
      return new StoreError('STORE_IO', unusableText(failure, what), { cause });
    case 'unable':
      return new StoreError('STORE_UNSAFE', `the server can't do ${what} (${text})`, { cause });
    case 'passing':
      return new StoreError('STORE_IO', `no answer to ${what} (${text})`, { cause });
    case 'taken':
    case 'no-key':
    case 'no-setting':
    case 'refused':
      return new StoreError('STORE_IO', `${what} was refused (${text})`, { cause });
    default:
      return kind satisfies never;
  }
}
