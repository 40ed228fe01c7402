/** The packages and the slow reference agree on random input, sound and unsound. */
import {
  canonicalize,
  encodeUtf8,
  entryIndex,
  FormatError,
  type HashReader,
  inspectEntry,
  type JsonValue,
  mentionOpening,
  mentionPtr,
  mentionRef,
  parseCanonical,
  personToken,
  proveConsistency,
  proveInclusion,
  sealPart,
  treeSize,
} from '@zegel/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { b64, toHex, unUtf8, utf8 } from './reference/bytes.ts';
import { checkLog, type LogQuestion } from './reference/check-log.ts';
import { readEntry } from './reference/entry-rules.ts';
import { BREACHES } from './reference/families/entry-broken.ts';
import { edited, SOUND } from './reference/families/entry-kinds.ts';
import { canonical, type Json, parseCanonicalText } from './reference/json.ts';
import type { Found, StoredItem } from './reference/log-file.ts';
import { castOf, chainOf, logOf, ORIGIN, type Step, timeAt } from './reference/maker.ts';
import { isPerson, mentionOf, tokenOf, uuidText } from './reference/persons.ts';
import { sealPart as referenceSeal } from './reference/sealed.ts';
import { access, common, heartbeat, lifecycle, register, splitAccess, story } from './reference/story.ts';
import { consistencyPath, inclusionPath, leafHash, rootOf } from './reference/tree.ts';
import { findingsOf } from './vectors-run.ts';

const cast = castOf('story');
const sound = Object.values(SOUND);

/** A text's bytes with some of them replaced, taken out or put in. */
const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'insert'),
    byte: fc.oneof(fc.constantFrom(...encodeUtf8('"{}[],:0189aA-_ \\u\n')), fc.nat(255)),
  }),
  { minLength: 1, maxLength: 3 },
);

function mutated(text: string, changes: readonly { at: number; how: string; byte: number }[]): Uint8Array {
  const bytes = [...utf8(text)];
  for (const { at, how, byte } of changes) {
    const place = at % (bytes.length + 1);
    if (how === 'insert') bytes.splice(place, 0, byte);
    else bytes.splice(place, 1, ...(how === 'replace' ? [byte] : []));
  }
  return Uint8Array.from(bytes);
}

function accepts(bytes: Uint8Array): boolean {
  try {
    parseCanonical(bytes);
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

function referenceAccepts(bytes: Uint8Array): boolean {
  try {
    parseCanonicalText(unUtf8(bytes));
    return true;
  } catch {
    return false;
  }
}

describe('the packages and the reference agree', () => {
  it('on the canonical form of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalize(value as JsonValue)).toBe(canonical(value as Json));
      }),
    );
  });

  it('on which bytes are canonical', () => {
    fc.assert(
      fc.property(fc.jsonValue(), mutations, (value, changes) => {
        const bytes = mutated(canonical(value as Json), changes);
        expect(accepts(bytes), toHex(bytes)).toBe(referenceAccepts(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('on which entries are sound, after any change to bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sound), mutations, (text, changes) => {
        const bytes = mutated(text, changes);
        const { problem } = readEntry(bytes);
        expect(inspectEntry(bytes).problems.length === 0, toHex(bytes)).toBe(problem === undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it('on which entries are sound, after any change to values', () => {
    const values = BREACHES.map(([, , , , value]) => value);
    const paths = [...new Set(BREACHES.map(([, , , path]) => path))];
    const value = fc.oneof(
      fc.constantFrom(...values),
      fc.jsonValue().map((json) => json as Json),
    );
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.constantFrom(...paths), value, (text, path, put) => {
        const changed = tryEdit(text, path, put);
        fc.pre(changed !== undefined);
        const { problem } = readEntry(utf8(changed ?? ''));
        expect(
          inspectEntry(encodeUtf8(changed ?? '')).problems.map(({ code }) => code),
          changed,
        ).toEqual(problem === undefined ? [] : [problem]);
      }),
      { numRuns: 2000 },
    );
  });

  it('on mentions and sealed parts of anybody', () => {
    const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
      fc.uint8Array({ minLength: length, maxLength: length });
    const person = fc.record({
      type: fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/),
      id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    });
    const value = fc.dictionary(
      fc.string({ unit: 'binary' }),
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('x'.repeat(8192), '\u20ac'.repeat(2731))),
    );
    fc.assert(
      fc.property(
        person,
        bytes(16),
        bytes(32),
        bytes(32),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        value,
        (who, small, salt, key, position, secret) => {
          fc.pre(isPerson(who) && wellFormed(secret));
          const handle = { ...who, number: small, salt, key };
          const opening = mentionOpening(salt, small, position);
          expect({
            ref: mentionRef(opening, who.type, who.id),
            ptr: mentionPtr(small, key, small, position),
          }).toEqual(mentionOf(handle, key, small, position));
          expect(toHex(personToken(key, who.type, who.id))).toBe(toHex(tokenOf(key, who)));
          const place = { origin: ORIGIN, entryId: uuidText(small), partNumber: 0, position };
          const secrets = { salt, nonce: salt.slice(0, 24), keys: [key, salt] };
          const sealed = sealPart({ ...place, ...secrets, part: 'reason', persons: [2, 3], value: secret });
          expect(sealed).toEqual(referenceSeal(place, 'reason', [2, 3], secret, secrets));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('on proofs in trees of any size', async () => {
    const sizes = fc
      .integer({ min: 1, max: 70 })
      .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));
    await fc.assert(
      fc.asyncProperty(sizes, async ({ size, index }) => {
        const leaves = Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i)));
        const read: HashReader = async (nodes) =>
          nodes.map(({ level, index: at }) => rootOf(leaves.slice(at * 2 ** level, (at + 1) * 2 ** level)));
        const hex = (hashes: readonly Uint8Array[]): readonly string[] => hashes.map(toHex);
        expect(hex(await proveInclusion(entryIndex(index), treeSize(size), read))).toEqual(
          hex(inclusionPath(index, leaves)),
        );
        expect(hex(await proveConsistency(treeSize(index + 1), treeSize(size), read))).toEqual(
          hex(consistencyPath(index + 1, leaves)),
        );
      }),
    );
  });

  it('on everything that is wrong with a log', () => {
    fc.assert(
      fc.property(logs, (question) => {
        expect(comparable(question, findingsOf(question)), outline(question)).toEqual(
          comparable(question, checkLog(question)),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('that a log of which any byte was changed is bad', () => {
    const chain = chainOf(story(cast));
    const log = logOf(chain, [4, chain.length]);
    fc.assert(
      fc.property(fc.nat(chain.length - 1), mutations, (at, changes) => {
        const bytes = mutated(chain[at]?.text ?? '', changes);
        fc.pre(toHex(bytes) !== toHex(utf8(chain[at]?.text ?? '')));
        const entries = log.entries.map((entry, i): StoredItem => (i === at ? { hex: toHex(bytes) } : entry));
        const question = { log: { ...log, entries }, origin: ORIGIN };
        expect(checkLog(question)).not.toEqual([]);
        expect(findingsOf(question)).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** The log in short, for the message. */
function outline({ log }: LogQuestion): string {
  const lines = log.entries.map((entry, at) => {
    if (typeof entry !== 'string') return `${at} pruned`;
    const { kind, part, id, v, control, anything } = JSON.parse(entry) as Record<string, unknown>;
    return `${at} ${JSON.stringify({ kind, part, id: String(id).slice(-4), v, control, anything })}`;
  });
  return lines.join('\n');
}

/**
 * Where bodies are gone or unreadable the format leaves open which parts of an event those were: parts then do not compare.
 * Nor do those of an id that is repeated: who checks in little memory forgets an event that was complete.
 */
function comparable({ log }: LogQuestion, found: readonly Found[]): readonly Found[] {
  const isWhole = log.entries.every(
    (entry) => typeof entry === 'string' && readEntry(utf8(entry)).problem === undefined,
  );
  const repeated = new Set(found.flatMap(({ code, index }) => (code === 'id-repeat' ? [index] : [])));
  return found.filter(({ code, index }) => !code.startsWith('part-') || (isWhole && !repeated.has(index)));
}

function wellFormed(value: Readonly<Record<string, string>>): boolean {
  return Object.entries(value).every(([key, text]) => key.isWellFormed() && text.isWellFormed());
}

function tryEdit(text: string, path: string, value: Json | undefined): string | undefined {
  try {
    return edited(text, path, value);
  } catch {
    return undefined; // the entry has no such place
  }
}

/** One more entry for a log, given its index. */
const extra: fc.Arbitrary<(index: number) => readonly Step[]> = fc.oneof(
  fc.nat(6).map((seq) => (at: number) => [access(cast, at, { source: { id: 'web-1', seq } })]),
  fc
    .constantFrom('dashboard@1', 'dashboard@2', 'dashboard@3', 'other@1', 'zegel-consultation@1')
    .map((activity) => (at: number) => {
      return [access(cast, at, { activity })];
    }),
  fc.constant((at: number) => splitAccess(cast, at)),
  fc.constant((at: number) => splitAccess(cast, at).slice(1)),
  fc.constant((at: number) => splitAccess(cast, at).toReversed()),
  fc.constant((at: number) => [lifecycle(cast, at)]),
  fc.constant((at: number) => [heartbeat(at)]),
  fc.integer({ min: 1, max: 3 }).map((version) => (at: number) => [register(at, version)]),
  fc.record({ from: fc.nat(20), length: fc.nat(20) }).map(({ from, length }) => (at: number) => {
    return [{ fields: { ...common('clock', at), from: timeAt(from), to: timeAt(from + length) } }];
  }),
  fc
    .record({
      first: fc.nat(8),
      length: fc.nat(3),
      cutoff: fc.nat(20),
      activity: fc.constantFrom('dashboard', 'other'),
    })
    .map(({ first, length, cutoff, activity }) => (at: number) => {
      const what = {
        activity,
        rule: 'term',
        cutoff: timeAt(cutoff),
        handles: [],
        ranges: [[first, first + length]],
      };
      return [{ fields: { ...common('retention', at), ...what } }];
    }),
  fc.constantFrom({ activity: 'dashboard' }, {}, { activity: 'other' }).map((more) => (at: number) => {
    return [{ fields: { ...common('hold', at), state: 'placed', subjectCount: 0, subjects: [], ...more } }];
  }),
  fc
    .nat(12)
    .map((of) => (at: number) => [
      { fields: { ...common('hold', at), state: 'lifted', of, subjectCount: 0, subjects: [] } },
    ]),
);

const hash = 'A'.repeat(43);
/** What the chain is to give otherwise, here and there. */
const twists = fc.dictionary(
  fc.nat(16).map(String),
  fc.oneof(
    fc.nat(30).map((second) => ({ recorded: timeAt(second) })),
    fc.nat(20).map((index) => ({ index })),
    fc.constant({ prev: hash }),
    fc.nat(10).map((index) => ({ control: { index, leaf: hash } })),
    fc.constant({ v: 2 }),
    fc.nat(8).map((index) => ({ id: access(cast, index).fields['id'] ?? '' })),
    fc.constant({ anything: true }),
  ),
  { maxKeys: 2 },
);

/** Logs that are wrong in up to a handful of respects at once. */
const logs: fc.Arbitrary<LogQuestion> = fc
  .record({
    extras: fc.array(extra, { maxLength: 6 }),
    twists,
    drops: fc.array(fc.nat(15), { maxLength: 1 }),
    prunes: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    removed: fc.array(fc.nat(15), { maxLength: 1 }),
    heads: fc.uniqueArray(fc.integer({ min: 1, max: 18 }), { maxLength: 3 }),
  })
  .map(({ extras, twists: twisted, drops, prunes, removed, heads }) => {
    const steps = [...story(cast)];
    for (const make of extras) steps.push(...make(steps.length));
    const kept = steps.filter((_, at) => !drops.includes(at));
    const chain = chainOf(
      kept.map((step, at) => ({ ...step, chain: { ...step.chain, ...twisted[`${at}`] } })),
    );
    const sizes = heads.filter((size) => size <= chain.length).sort((a, b) => a - b);
    const log = logOf(chain, sizes);
    const entries = log.entries.map((entry, at): StoredItem => {
      return prunes.includes(at) ? { leaf: b64(chain[at]?.leaf ?? new Uint8Array(32)) } : entry;
    });
    return {
      log: { ...log, entries: entries.filter((_, at) => !removed.includes(at)) },
      origin: ORIGIN,
      now: timeAt(4000),
    };
  });
