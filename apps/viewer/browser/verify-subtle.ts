import type { Bytes } from './verify-bytes.ts';

/** What the checks need of WebCrypto; a browser's and Node's `crypto.subtle` fit. */
export interface Subtle {
  digest(algorithm: 'SHA-256', data: Bytes): Promise<ArrayBuffer>;
  importKey(
    format: 'raw',
    key: Bytes,
    algorithm: 'Ed25519',
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<object>;
  verify(algorithm: 'Ed25519', key: object, signature: Bytes, message: Bytes): Promise<boolean>;
}
