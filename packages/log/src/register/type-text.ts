import type { RegisterDocument } from './types.ts';

/**
 * TypeScript source with the names of a register kept in JSON, for programs that want them
 * checked by the compiler: unions of its names, a `Register` type and the `Event` that fits it.
 * The output imports types of `@zegel/log` only and runs nothing.
 *
 * @example
 * import type { Register } from './register.types.ts';
 * const register = parseRegister(json) as Register;
 */
export function registerTypes(document: RegisterDocument): string {
  const { activities, fields, persons, roles, recipients } = document;
  return [
    `// Names of the register of ${inComment(document.controller.name)}, version of ${document.date}.`,
    '// Made by `zegel register types`; changes belong in the register.',
    "import type { AccessEventOf, RegisterActivity, RegisterDocument, RegisterField } from '@zegel/log';",
    '',
    `export type Activity = ${union(Object.keys(activities))};`,
    `export type Field = ${union(Object.keys(fields))};`,
    `export type Person = ${unionOrAny(persons)};`,
    `export type Role = ${unionOrAny(roles)};`,
    `export type Recipient = ${recipients === '*' ? 'string' : union(Object.keys(recipients))};`,
    '',
    'export interface Register extends RegisterDocument {',
    `  readonly persons: ${tupleOrAny(persons)};`,
    `  readonly roles: ${tupleOrAny(roles)};`,
    '  readonly fields: { readonly [F in Field]: RegisterField };',
    ...(recipients === '*'
      ? ["  readonly recipients: '*';"]
      : [
          "  readonly recipients: { readonly [R in Recipient]: Exclude<RegisterDocument['recipients'], '*'>[string] };",
        ]),
    '  readonly activities: {',
    ...Object.entries(activities).flatMap(([key, activity]) => [
      `    readonly '${key}': RegisterActivity & {`,
      `      readonly fields: ${tupleOrAny(activity.fields)};`,
      ...(['actions', 'persons', 'recipients', 'roles'] as const).flatMap((name) => {
        const names = activity[name];
        return names === undefined ? [] : [`      readonly ${name}: ${tuple(names)};`];
      }),
      '    };',
    ]),
    '  };',
    '}',
    '',
    '/** An access event whose every name is in the register. */',
    'export type Event = AccessEventOf<Register>;',
    '',
  ].join('\n');
}

function union(keys: readonly string[]): string {
  return keys.length === 0 ? 'never' : keys.map((key) => `'${key}'`).join(' | ');
}

function unionOrAny(keys: readonly string[] | '*'): string {
  return keys === '*' ? 'string' : union(keys);
}

function tuple(keys: readonly string[]): string {
  return `readonly (${union(keys)})[]`;
}

function tupleOrAny(keys: readonly string[] | '*'): string {
  return keys === '*' ? "'*'" : tuple(keys);
}

/** Line separators would end the comment. */
function inComment(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
