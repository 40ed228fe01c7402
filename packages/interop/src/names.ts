import { isIP } from 'node:net';

const KEY = /^[a-z][a-z0-9-]{0,63}$/;
const PERSON_TYPE = /^[a-z][a-z0-9-]{0,31}$/;
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
// At least three labels under a top level that machines have: `jan.de.vries` is a log-in, not a host.
const HOST =
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.){2,}([a-z]{2}|com|org|net|edu|gov|int|info|local|internal|lan|test|example|cloud)$/i;

/** `DocumentReference` → `document-reference`, `SendSSHPublicKey` → `send-ssh-public-key`. */
export function kebab(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** A register key (`[a-z][a-z0-9-]{0,63}`) from a code or type name of the source, if it makes one. */
export function registerKey(text: string): string | undefined {
  const key = kebab(text);
  return KEY.test(key) ? key : undefined;
}

/** A type of person (`[a-z][a-z0-9-]{0,31}`, format v1 §3), if the text makes one. */
export function personType(text: string): string | undefined {
  const type = kebab(text);
  return PERSON_TYPE.test(type) ? type : undefined;
}

/**
 * A name for `service` and `operation` (`[a-z0-9][a-z0-9._-]{0,63}`, format v1 §1). These stand in
 * clear, so that an address or a mail address makes none.
 */
export function plainName(text: string): string | undefined {
  if (text.includes('@') || isIP(text) !== 0) return undefined;
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return NAME.test(name) ? name : undefined;
}

/** Whether a text is the name of a machine on a network, and so not of a person. */
export function isHostName(text: string): boolean {
  return HOST.test(text);
}

const MAX_ID_BYTES = 256;

/** Whether a text can be a person's id or an event's id: 1 to 256 bytes of UTF-8 without NUL (format v1 §3). */
export function isId(text: string): boolean {
  return text !== '' && !text.includes('\0') && Buffer.byteLength(text) <= MAX_ID_BYTES;
}
