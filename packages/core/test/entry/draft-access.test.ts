import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessTemplate } from '../../src/entry/access-template.ts';
import { draftEntry, sealEntry } from '../../src/entry/draft.ts';
import { draftAccess } from '../../src/entry/draft-access.ts';
import { MAX_ENTRY_BYTES } from '../../src/entry/kinds.ts';
import type { EntryFields } from '../../src/entry/types.ts';
import { encodeUtf8 } from '../../src/utf8.ts';
import { inspectEntry } from '../../src/verify/inspect.ts';
import { accessFields, accessParts, hashes, mentions, patterns, times } from './arbitrary.ts';

const drafts = fc
  .tuple(patterns, accessParts)
  .filter(([pattern, { actor }]) => pattern.actorKind !== 'anonymous' || !actor);

describe('draftAccess', () => {
  test('gives byte for byte what draftEntry gives of the same fields, and it passes inspection', () => {
    fc.assert(
      fc.property(
        drafts,
        hashes,
        times,
        fc.integer({ min: 2 ** 31, max: 2 ** 53 - 1 }),
        ([pattern, parts], prev, recorded, index) => {
          const fast = draftAccess({ template: accessTemplate(pattern), ...parts });
          expect(fast).toEqual(draftEntry(accessFields(pattern, parts) as unknown as EntryFields));
          const text = sealEntry(fast, { index, prev, recorded });
          const inspection = inspectEntry(encodeUtf8(text));
          expect(inspection).toMatchObject({ kind: 'access', problems: [], index, prev, id: parts.id });
          expect(sealEntry(fast, { index: 10 ** 15, prev, recorded }).length).toBe(fast.byteLength);
        },
      ),
    );
  });

  test('refuses what would not fit at a 16-digit index', () => {
    const template = accessTemplate(
      fc.sample(patterns, { numRuns: 1, seed: 1 })[0] as Parameters<typeof accessTemplate>[0],
    );
    const [person] = fc.sample(mentions, 1);
    if (person === undefined) throw new Error('sample');
    const draft = (count: number) => {
      const subjects = Array.from({ length: count }, () => ({ involvement: 'shown' as const, ...person }));
      return draftAccess({
        template,
        id: '01890000-0000-7000-8000-000000000000',
        occurred: '2026-11-22T12:00:00.000Z',
        subjects,
        subjectCount: count,
      });
    };
    let most = 1;
    while (draft(most).byteLength + 115 <= MAX_ENTRY_BYTES) most++;
    expect(() => draft(most + 1)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });

  test('a pattern is checked as an entry is', () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        expect(() => accessTemplate({ ...pattern, service: 'a"b' })).toThrow(
          expect.objectContaining({ code: 'BAD_ENTRY', path: 'service' }),
        );
        expect(() => accessTemplate({ ...pattern, fields: ['E mail'] })).toThrow(
          expect.objectContaining({ path: 'fields[0]' }),
        );
      }),
      { numRuns: 5 },
    );
  });

  test('an anonymous actor is nobody', () => {
    const [pattern] = fc.sample(patterns, 1);
    const [actor] = fc.sample(mentions, 1);
    if (pattern === undefined || actor === undefined) throw new Error('sample');
    const template = accessTemplate({ ...pattern, actorKind: 'anonymous' });
    const rest = {
      id: '01890000-0000-7000-8000-000000000000',
      occurred: '2026-11-22T12:00:00.000Z',
      subjects: [],
      subjectCount: 0,
    };
    expect(() => draftAccess({ template, actor, ...rest })).toThrow();
  });
});
