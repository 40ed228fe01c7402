import fc from 'fast-check';
import { encodeBase64url } from '../../src/base64url.ts';
import type { AccessPattern } from '../../src/entry/access-template.ts';
import type { AccessParts } from '../../src/entry/draft-access.ts';
import { ACTIONS, INVOLVEMENTS, OUTCOMES } from '../../src/entry/kinds.ts';
import { timeText } from '../../src/entry/time.ts';
import type { Mention, SealedPart, SubjectMention } from '../../src/entry/types.ts';

const b64 = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(encodeBase64url);
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

export const uuids: fc.Arbitrary<string> = fc.uuid({ version: [7, 8] });
export const times: fc.Arbitrary<string> = fc.integer({ min: 0, max: 4e12 }).map(timeText);
export const mentions: fc.Arbitrary<Mention> = fc.record({ ptr: b64(16), ref: b64(32) });
export const hashes: fc.Arbitrary<string> = b64(32);

const subjects: fc.Arbitrary<SubjectMention[]> = fc.array(
  fc.record({ involvement: fc.constantFrom(...INVOLVEMENTS), ptr: b64(16), ref: b64(32) }),
  { maxLength: 3 },
);

export const patterns: fc.Arbitrary<AccessPattern> = fc
  .record({
    action: fc.constantFrom(...ACTIONS),
    activity: fc
      .tuple(key, fc.integer({ min: 1, max: 99 }))
      .map(([activity, version]) => `${activity}@${version}`),
    actorKind: fc.constantFrom('employee', 'customer', 'system', 'anonymous'),
    role: maybe(key),
    confidential: maybe(fc.boolean()),
    fields: fc.array(key, { maxLength: 4 }),
    flags: maybe(fc.array(key, { maxLength: 2 })),
    operation: name,
    outcome: fc.constantFrom(...OUTCOMES),
    recipient: maybe(key),
    service: name,
  })
  .map((pattern) => withoutUndefined(pattern) as unknown as AccessPattern);

const sealedPart = (positions: readonly number[]): fc.Arbitrary<SealedPart> =>
  fc.record({
    box: fc.constantFrom(104, 168, 232).chain(b64),
    commit: b64(32),
    part: key,
    persons: fc.subarray([...positions], { minLength: 1 }),
  });

/** Everything of an access but its template. */
export const accessParts: fc.Arbitrary<Omit<AccessParts, 'template'>> = fc
  .record({
    id: uuids,
    occurred: times,
    actor: maybe(mentions),
    onBehalfOf: maybe(mentions),
    of: maybe(fc.nat()),
    part: maybe(fc.constantFrom({ number: 1, of: 2 }, { number: 2, of: 2 })),
    source: maybe(fc.record({ id: name, seq: fc.maxSafeNat() })),
    subjects,
  })
  .chain((parts) => {
    const there = [parts.actor && 0, parts.onBehalfOf && 1, ...parts.subjects.map((_, i) => i + 2)];
    const positions = there.filter((position) => position !== undefined);
    const boxes =
      positions.length === 0
        ? fc.constant(undefined)
        : maybe(fc.array(sealedPart(positions), { minLength: 1, maxLength: 2 }));
    return boxes.map((sealed) => withoutUndefined({ ...parts, sealed, subjectCount: parts.subjects.length }));
  })
  .map((parts) => parts as unknown as Omit<AccessParts, 'template'>);

export function withoutUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}

/** The fields that a pattern and parts stand for, as `draftEntry` takes them. */
export function accessFields(
  pattern: AccessPattern,
  parts: Omit<AccessParts, 'template'>,
): Record<string, unknown> {
  const { actorKind, role, fields, flags, confidential, ...same } = pattern;
  const { actor, sealed, ...own } = parts;
  const flagged = [...new Set(flags)].sort();
  return withoutUndefined({
    v: 1,
    kind: 'access',
    ...same,
    ...own,
    actor: withoutUndefined({ kind: actorKind, role, person: actor }),
    fields: [...new Set(fields)].sort(),
    flags: flagged.length > 0 ? flagged : undefined,
    confidential: confidential === true ? true : undefined,
    sealed,
  });
}
