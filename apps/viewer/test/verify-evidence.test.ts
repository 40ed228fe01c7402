import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSigner,
  type EntryIndex,
  encodeBase64,
  encodeBase64url,
  formatCheckpoint,
  rotationMessage,
  signNote,
  type TreeSize,
} from '@zegel/core';
import { type Log, openLog } from '@zegel/log';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { verifyEvidence } from '../browser/verify.ts';
import type { Evidence as BrowserEvidence, Verdict } from '../browser/verify-evidence.ts';
import type { Subtle } from '../browser/verify-subtle.ts';
import { type Evidence, gatherEvidence } from '../src/entries/evidence.ts';
import { event, place } from './served.ts';

const { subtle } = crypto;
const check = (evidence: BrowserEvidence): Promise<Verdict> => verifyEvidence(evidence, subtle);
const nothing = { coverOf: async () => undefined, rotations: [] };

/** A step of a verdict as `result` or `result:reason`. */
const told = ({ steps }: Verdict): Readonly<Record<string, string>> =>
  Object.fromEntries(
    steps.map(({ name, result, reason }) => [name, reason === undefined ? result : `${result}:${reason}`]),
  );

async function logOf(count: number): Promise<Log> {
  const log = await openLog(place(), { create: { origin: 'viewer.example/audit' } });
  onTestFinished(() => log.close());
  for (let n = 0; n < count; n++) await log.append([event(n) as never]);
  return log;
}

let all: Evidence[];
beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-evidence-'));
  await using log = await openLog(dir, { create: { origin: 'viewer.example/audit' } });
  for (let n = 0; n < 9; n++) await log.append([event(n) as never]);
  all = [];
  for (let index = 0; index < 11; index++) all.push(await gatherEvidence(log, index, nothing));
  return () => rmSync(dir, { recursive: true, force: true });
});

const good = (): Evidence => {
  const evidence = all[5];
  if (evidence === undefined) throw new Error('no evidence');
  return structuredClone(evidence);
};

test('every entry of a log is verified: the first, the newest, and those between', async () => {
  for (const evidence of all) {
    const verdict = await check(evidence);
    expect(verdict.state, JSON.stringify(verdict)).toBe('verified');
  }
  expect(told(await check(good()))).toEqual({
    signature: 'good',
    leaf: 'good',
    inclusion: 'good',
    previous: 'good',
    next: 'good',
  });
  expect(told(await check(all[10] as Evidence))).toMatchObject({ next: 'pending:newest' });
});

test('each step tells what was compared, and both are the same', async () => {
  const { steps } = await check(good());
  for (const { name, compared } of steps) {
    expect(compared, name).toHaveLength(2);
    expect(compared[0], name).not.toBe('');
  }
  for (const { name, compared } of steps.filter((step) => step.name !== 'signature')) {
    expect(compared[0], name).toBe(compared[1]);
  }
});

/** Changes a bit of some base64. */
function flip(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64');
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 4;
  return bytes.toString('base64');
}

describe('a bit that differs is seen', () => {
  test('in the bytes of the entry, wherever it is', async () => {
    const { length } = Buffer.from(good().bytes ?? '', 'base64');
    for (let at = 0; at < length; at += 7) {
      const verdict = await check({ ...good(), bytes: flip(good().bytes ?? '', at) });
      expect(verdict.state, String(at)).toBe('failed');
      expect(told(verdict)).toMatchObject({ leaf: 'failed:leaf-differs', inclusion: 'failed:root-differs' });
    }
  });

  test('in the leaf hash', async () => {
    for (let at = 0; at < 32; at += 3)
      expect((await check({ ...good(), leaf: flip(good().leaf, at) })).state).toBe('failed');
    expect((await check({ ...good(), leaf: 'x' })).state).toBe('failed');
  });

  test('in any hash of the proof, in its index and its form', async () => {
    const { proof = '' } = good();
    const lines = proof.split('\n\n')[0]?.split('\n').slice(2) ?? [];
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines)
      for (let at = 0; at < 32; at += 5) {
        const verdict = await check({ ...good(), proof: proof.replace(line, flip(line, at)) });
        expect(told(verdict)).toMatchObject({ inclusion: 'failed:root-differs' });
      }
    for (const [other, reason] of [
      [proof.replace('index 5', 'index 4'), 'proof-other'],
      [proof.replace('index 5', 'index 05'), 'proof-malformed'],
      [proof.replace('@v1', '@v2'), 'proof-malformed'],
      [proof.replace(`${lines[0]}\n`, ''), 'root-differs'],
      [`${proof}\n`, 'proof-other'],
    ] as const)
      expect(told(await check({ ...good(), proof: other }))).toMatchObject({ inclusion: `failed:${reason}` });
  });
});

describe('a bit that differs is seen in the head', () => {
  test('in the checkpoint: its origin, size, root and signature', async () => {
    const { checkpoint } = good();
    const [, , root = '', , signature = ''] = checkpoint.split('\n');
    const with_ = (from: string, to: string): Evidence => {
      const evidence = good();
      const other = checkpoint.replace(from, to);
      return { ...evidence, checkpoint: other, proof: evidence.proof?.replace(checkpoint, other) ?? '' };
    };
    for (let at = 0; at < 32; at += 5)
      expect(told(await check(with_(root, flip(root, at))))).toMatchObject({
        signature: 'failed:signature-bad',
      });
    expect(told(await check(with_('\n11\n', '\n12\n')))).toMatchObject({ signature: 'failed:signature-bad' });
    expect(told(await check(with_('\n11\n', '\n011\n')))).toMatchObject({
      signature: 'failed:checkpoint-malformed',
    });
    const encoded = signature.split(' ')[2] ?? '';
    for (let at = 4; at < 68; at += 9)
      expect(told(await check(with_(encoded, flip(encoded, at))))).toMatchObject({
        signature: 'failed:signature-bad',
      });
    expect(told(await check(with_(encoded, flip(encoded, 0))))).toMatchObject({
      signature: 'failed:key-unknown',
    });
  });

  test('in the key', async () => {
    const { vkey } = good();
    const at = vkey.indexOf('+', vkey.indexOf('+') + 1) + 1; // base64 may hold a plus of its own
    for (let byte = 0; byte < 33; byte += 4)
      expect(
        told(await check({ ...good(), vkey: vkey.slice(0, at) + flip(vkey.slice(at), byte) })),
      ).toMatchObject({ signature: 'failed:key-malformed' });
    const other = createSigner('viewer.example/audit', new Uint8Array(32)).vkey;
    expect(told(await check({ ...good(), vkey: other }))).toMatchObject({ signature: 'failed:key-unknown' });
  });
});

describe('a bit that differs is seen beside the entry', () => {
  test('in either neighbour', async () => {
    const { previous, next } = good();
    if (previous === undefined || next === undefined) throw new Error('no neighbours');
    expect(
      told(await check({ ...good(), previous: { ...previous, leaf: flip(previous.leaf, 3) } })),
    ).toMatchObject({ previous: 'failed:prev-differs' });
    const path = previous.path.map((hash, i) => (i === 1 ? flip(hash, 9) : hash));
    expect(told(await check({ ...good(), previous: { ...previous, path } }))).toMatchObject({
      previous: 'failed:root-differs',
    });
    for (let at = 0; at < 600; at += 41)
      expect(
        told(await check({ ...good(), next: { ...next, bytes: flip(next.bytes ?? '', at) } })),
      ).toMatchObject({ next: 'failed:root-differs' });
    const strange = all[8]?.next;
    if (strange === undefined) throw new Error('no neighbour');
    expect(told(await check({ ...good(), next: strange }))).toMatchObject({ next: 'failed:no-evidence' });
    expect(told(await check({ ...good(), next: { ...strange, index: 6 } }))).toMatchObject({
      next: 'failed:root-differs',
    });
  });

  test('also where another entry is shown in its place', async () => {
    const other = all[6];
    if (other?.bytes === undefined) throw new Error('no evidence');
    const verdict = await check({ ...good(), bytes: other.bytes, leaf: other.leaf });
    expect(told(verdict)).toMatchObject({ leaf: 'failed:other-index', inclusion: 'failed:root-differs' });
    const { next: _, ...lonely } = good();
    expect(told(await check(lonely))).toMatchObject({ next: 'failed:no-evidence' });
    const { previous: __, ...orphan } = good();
    expect(told(await check(orphan))).toMatchObject({ previous: 'failed:no-evidence' });
  });
});

test('an entry that the checkpoint does not cover yet is pending', async () => {
  const old = all[5]?.checkpoint ?? '';
  const { proof: _, next: __, previous: ___, ...evidence } = good();
  const verdict = await check({ ...evidence, index: 11, checkpoint: old });
  expect(verdict.state).toBe('pending');
  expect(told(verdict)).toEqual({ signature: 'good', inclusion: 'pending:not-covered' });
});

test('a browser without Ed25519 says so, and still sees what is wrong with the rest', async () => {
  const without = {
    digest: subtle.digest.bind(subtle),
    importKey: async () => {
      throw new DOMException('no such algorithm', 'NotSupportedError');
    },
  } as unknown as Subtle;
  const verdict = await verifyEvidence(good(), without);
  expect(verdict.state).toBe('unsupported');
  expect(told(verdict)).toMatchObject({ signature: 'unsupported:unsupported', inclusion: 'good' });
  const broken = { ...good(), bytes: encodeBase64(Buffer.from('{}')) };
  expect((await verifyEvidence(broken, without)).state).toBe('failed');
});

describe('a body that is gone', () => {
  async function pruned(named: readonly [number, number]): Promise<{ log: Log; by: number }> {
    const log = await logOf(6);
    const body = {
      activity: 'general',
      rule: 'retention',
      cutoff: '2026-11-22T12:00:00.000Z',
      handles: [],
      ranges: [[...named]],
    };
    const { index: by } = await log.record({ kind: 'retention', bodies: [body] });
    const { store } = log as unknown as { store: { prune(cover: object): Promise<void> } };
    await store.prune({ by, ranges: [[4, 4]] });
    return { log, by };
  }

  test('is pruned lawfully where an entry of the log says so', async () => {
    const { log, by } = await pruned([3, 5]);
    const evidence = await gatherEvidence(log, 4, { ...nothing, coverOf: async () => by });
    expect(evidence.bytes).toBeUndefined();
    const verdict = await check(evidence);
    expect(verdict.state).toBe('pruned');
    expect(told(verdict)).toEqual({ signature: 'good', cover: 'good', inclusion: 'good', next: 'good' });
    const next = await check(await gatherEvidence(log, 5, nothing));
    expect(next.state).toBe('verified');
    const before = await check(await gatherEvidence(log, 3, nothing));
    expect(told(before)).toMatchObject({ next: 'skipped:neighbour-pruned' });
    expect(before.state).toBe('verified');
  });

  test('is missing where none does, or another is shown', async () => {
    const { log, by } = await pruned([3, 3]);
    const missing = await check(await gatherEvidence(log, 4, nothing));
    expect(missing.state).toBe('failed');
    expect(told(missing)).toMatchObject({ cover: 'failed:body-missing', inclusion: 'good' });
    const wrong = await check(await gatherEvidence(log, 4, { ...nothing, coverOf: async () => by }));
    expect(told(wrong)).toMatchObject({ cover: 'failed:cover-wrong' });
  });
});

describe('a key that followed another', () => {
  const origin = 'viewer.example/audit';
  const [first, second, third] = [1, 2, 3].map((n) => createSigner(origin, new Uint8Array(32).fill(n)));
  if (first === undefined || second === undefined || third === undefined) throw new Error('no keys');
  const rotation = (index: number, by: typeof first, to: typeof first) => ({
    index,
    vkey: to.vkey,
    signature: encodeBase64url(by.sign(rotationMessage(origin, to.vkey))),
  });
  const head = (size: number, ...signers: (typeof first)[]): string =>
    signNote(formatCheckpoint({ origin, size: size as TreeSize, root: new Uint8Array(32) }), signers);
  const state = async (checkpoint: string, rotations: Evidence['rotations']): Promise<string | undefined> => {
    const evidence = { ...good(), index: 50 as EntryIndex, vkey: first.vkey, checkpoint, rotations };
    return told(await check(evidence))['signature'];
  };

  test('is needed from then on, and only if the one before signed it', async () => {
    const chain = [rotation(5, first, second), rotation(9, second, third)];
    expect(await state(head(5, first), chain)).toBe('good');
    expect(await state(head(6, first, second), chain)).toBe('good');
    expect(await state(head(20, third), chain)).toBe('good');
    expect(await state(head(20, second), chain)).toBe('failed:key-retired');
    expect(await state(head(6, first), chain)).toBe('failed:key-retired');
    expect(await state(head(20, third), [rotation(5, first, second), rotation(9, first, third)])).toBe(
      'failed:rotation-bad',
    );
    expect(await state(head(20, third), [rotation(9, first, second), rotation(5, second, third)])).toBe(
      'failed:rotation-bad',
    );
    expect(await state(head(20, third), [])).toBe('failed:key-unknown');
  });
});

test('there is no evidence of an entry that is not there', async () => {
  const log = await logOf(1);
  await expect(gatherEvidence(log, 3, nothing)).rejects.toMatchObject({ code: 'INDEX_OUT_OF_RANGE' });
});
