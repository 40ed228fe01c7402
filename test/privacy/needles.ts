import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder and below, read whole. */
export function filesOf(dir: string): { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, path: join(dir, name) }))
    .filter(({ path }) => statSync(path).isFile())
    .map(({ name, path }) => ({ name, bytes: readFileSync(path) }));
}

/** The forms in which a text could stand in a file, by name. */
export function formsOf(text: string): readonly (readonly [form: string, bytes: Buffer])[] {
  const utf8 = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const hex = utf8.toString('hex');
  const forms: [string, Buffer][] = [
    ['UTF-8', utf8],
    ['UTF-16', wide],
    ['UTF-16BE', Buffer.from(wide).swap16()],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['percent', Buffer.from(encodeURIComponent(text))],
    ['every byte percent', Buffer.from(hex.replace(/../g, '%$&').toUpperCase())],
    ['JSON', Buffer.from(JSON.stringify(text).slice(1, -1))],
  ];
  for (const encoding of ['base64', 'base64url'] as const)
    for (let offset = 0; offset < 3; offset++)
      forms.push([`${encoding} at ${offset}`, inside(utf8, encoding, offset)]);
  return forms;
}

/** What a text looks like in the middle of base64, whatever stands before and after it. */
function inside(utf8: Buffer, encoding: 'base64' | 'base64url', offset: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(offset), utf8])
    .toString(encoding)
    .replace(/=+$/, '');
  const first = Math.ceil((offset * 8) / 6); // characters that hold bits of what stands before
  const last = Math.floor(((offset + utf8.length) * 8) / 6);
  return Buffer.from(encoded.slice(first, last));
}

/** Where any of these texts stands in any form. Files as they are, and whatever is read out of them. */
export function found(
  places: readonly { readonly name: string; readonly bytes: Buffer }[],
  texts: readonly string[],
): string[] {
  return texts.flatMap((text) =>
    formsOf(text).flatMap(([form, bytes]) =>
      places.filter((place) => place.bytes.includes(bytes)).map(({ name }) => `${text} (${form}) in ${name}`),
    ),
  );
}

/** Which of these bytes stand in a folder, raw or in a usual writing of bytes. */
export function rawFound(dir: string, secrets: Readonly<Record<string, Uint8Array>>): string[] {
  const files = filesOf(dir);
  return Object.entries(secrets).flatMap(([what, secret]) => {
    const bytes = Buffer.from(secret);
    const forms = [
      bytes,
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('base64url')),
      Buffer.from(bytes.toString('base64')),
    ];
    return files
      .filter(({ bytes: file }) => forms.some((form) => file.includes(form)))
      .map(({ name }) => `${what} in ${name}`);
  });
}
