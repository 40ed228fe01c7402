/** Paths of somebody's machine and hosts of package registries have no place in the project. */
const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    'a path of a machine',
    /(?<![\w.~/-])\/(?:root|home\/[\w.-]+|Users\/[\w.-]+|tmp|work|workspace)(?:\/|(?=['"`\s]))/,
  ],
  ['a path of a machine', /\b[A-Z]:\\(?:Users|Documents)/],
  [
    'the host of a package registry',
    /\b(?:registry|npm|mirror)s?\.[a-z0-9-]+\.(?:[a-z]{2,})\b(?!\()|\bnpmjs\.(?:org|com)|\bnpmmirror\./,
  ],
  ['a local service', /https?:\/\/(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.)/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** Lines of a text file with a forbidden word. */
export function words(path: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, at) =>
    FORBIDDEN.flatMap(([what, pattern]) => {
      const word = pattern.exec(line)?.[0];
      return word === undefined ? [] : [`${path}:${at + 1} ${what}: ${word}`];
    }),
  );
}
