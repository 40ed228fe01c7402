import { decodeBase64url, encodeBase64url } from '@zegel/core';
import { type HandleRow, openHandle } from '../handle.ts';

/** A handle's row as one object: JSON, bytes in base64url. */
export function encodeHandle({ person, activity, sort, scope, month, opened, box }: HandleRow): Uint8Array {
  const [personText, scopeText, boxText] = [person, scope, box].map((bytes) => encodeBase64url(bytes));
  return Buffer.from(
    JSON.stringify({
      v: 1,
      person: personText,
      activity,
      sort,
      scope: scopeText,
      month,
      opened,
      box: boxText,
    }),
  );
}

/** The row of an object; undefined when it is not as it was sealed, for this number and under this key. */
export function decodeHandle(kek: Uint8Array, number: Uint8Array, body: Uint8Array): HandleRow | undefined {
  try {
    const read = JSON.parse(Buffer.from(body).toString()) as Readonly<Record<string, unknown>>;
    const bytes = (key: string): Buffer => Buffer.from(decodeBase64url(String(read[key])));
    const row = {
      ...{ number: Buffer.from(number), person: bytes('person'), scope: bytes('scope'), box: bytes('box') },
      ...{ activity: read['activity'], sort: read['sort'], month: read['month'], opened: read['opened'] },
    } as HandleRow;
    // Every column is bound to the envelope, so what opens is what was sealed.
    return openHandle(kek, row) === undefined ? undefined : row;
  } catch {
    return undefined;
  }
}
