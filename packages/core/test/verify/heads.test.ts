import { describe, expect, test } from 'vitest';
import { timeText } from '../../src/entry/time.ts';
import { checkHeads } from '../../src/verify/check-heads.ts';
import { LogChecker } from '../../src/verify/checker.ts';
import { findingList } from '../../src/verify/finding-list.ts';
import {
  checkHeadSignatures,
  type HeadDuty,
  headNote,
  readHead,
  type SignedHead,
} from '../../src/verify/head.ts';
import { memoryIdCollector } from '../../src/verify/ids.ts';
import { inspectEntry } from '../../src/verify/inspect.ts';
import { ORIGIN, SmallLog, signer, uuid, verify } from './small-log.ts';

function grown(count: number, from: SmallLog = SmallLog.started()): SmallLog {
  from.head();
  for (let i = 0; i < count; i++) {
    from.access();
    from.head();
  }
  return from;
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe('stored heads', () => {
  test('each flipped byte of a head is found, at the first entry that is new under it', () => {
    const { rows, heads } = grown(3);
    const [first, , third, last] = heads;
    if (first === undefined || third === undefined || last === undefined) throw new Error('heads');
    for (let at = 0; at < 32; at++) {
      const changed = { ...third, root: flip(third.root, at) };
      expect(verify({ rows, heads: [first, changed, last] }).codes).toEqual([
        'root-mismatch@2',
        'signature-bad@2',
      ]);
    }
    for (let at = 0; at < third.signatures.length; at++) {
      const changed = { ...third, signatures: flip(third.signatures, at) };
      const code = at < 4 ? 'signature-unknown@2' : 'signature-bad@2';
      expect(verify({ rows, heads: [first, changed, last] }).codes).toEqual([code]);
    }
    const cut = { ...third, signatures: third.signatures.subarray(1) };
    expect(verify({ rows, heads: [first, cut, last] }).codes).toEqual(['signature-bad@2']);
  });
  test('a root that differs is told once per stretch of heads', () => {
    const { rows, heads } = grown(5);
    const wrong = (at: number, head: SignedHead) =>
      [1, 2, 4].includes(at) ? { ...head, root: flip(head.root, 0) } : head;
    const { codes } = verify({ rows, heads: heads.map((head, at) => wrong(at, head)) });
    expect(codes.filter((code) => code.startsWith('root'))).toEqual(['root-mismatch@2', 'root-mismatch@5']);
  });
  test('entries beyond the newest head', () => {
    const log = grown(2);
    expect(verify({ rows: log.rows, heads: log.heads.slice(0, 1) }).codes).toEqual(['unsigned-tail@2']);
    expect(verify({ rows: log.rows, heads: [] }).codes).toEqual(['unsigned-tail@0']);
  });
  test('a head of more entries than there are', () => {
    const log = grown(2);
    expect(verify({ rows: log.rows.slice(0, 3), heads: log.heads }).codes).toEqual(['truncated@3']);
  });
  test('signed by a stranger', () => {
    const log = SmallLog.started();
    log.head([signer(9)]);
    expect(verify(log).codes).toEqual(['signature-unknown@0']);
  });
  test('signature checks can be handed on', () => {
    const log = grown(1);
    const duties: HeadDuty[] = [];
    expect(verify(log, { onDuty: (duty) => duties.push(duty) }).codes).toEqual([]);
    expect(duties.map(({ before, head }) => [before, head.size])).toEqual([
      [0, 2],
      [2, 3],
    ]);
    expect(duties.map(checkHeadSignatures)).toEqual([undefined, undefined]);
  });
  test('a head and its note are the same', () => {
    const log = grown(0);
    const head = log.heads[0] as SignedHead;
    expect(headNote(ORIGIN, head)).toBe(log.note());
    expect(readHead(headNote(ORIGIN, head))).toEqual({ ...head, origin: ORIGIN });
  });
});

describe('checkpoints held elsewhere', () => {
  const held = (note: string) => ({ held: [{ note, from: 'a printed page' }] });

  test('an earlier one of the same log', () => {
    const log = grown(1);
    const note = log.note();
    expect(verify(grown(3, log), held(note)).codes).toEqual([]);
  });
  test('truncated, with both notes as proof', () => {
    const note = grown(5).note();
    const log = grown(3);
    const verdict = verify(log, held(note));
    expect(verdict.codes).toEqual(['truncated@5']);
    expect(verdict.findings[0]?.notes).toEqual([note, log.note()]);
  });
  test('forked with the real key, with both notes as proof', () => {
    const other = SmallLog.started();
    other.access({ id: uuid(50) });
    const note = other.note();
    const log = grown(4);
    const verdict = verify(log, held(note));
    expect(verdict.codes).toEqual(['forked@2']);
    expect(verdict.findings[0]?.notes).toEqual([note, log.note()]);
  });
  test('of another origin says nothing', () => {
    const note = headNote('other.example/audit', grown(9).heads[3] as SignedHead);
    expect(verify(grown(1), held(note)).codes).toEqual([]);
  });
  test('with a forged signature is no evidence, and is told', () => {
    const head = grown(9).heads[5] as SignedHead;
    const note = headNote(ORIGIN, { ...head, root: flip(head.root, 0) });
    expect(verify(grown(9), held(note)).codes).toEqual(['signature-bad@undefined']);
  });
  test('a log without the key that is held', () => {
    expect(verify(grown(1), { vkeys: [signer(4).vkey] }).codes).toEqual(['signature-unknown@0']);
    expect(verify(grown(1), { vkeys: [signer(1).vkey] }).codes).toEqual([]);
  });
  test('the same by roots alone, without the entries', async () => {
    const log = grown(3);
    const other = SmallLog.started();
    other.access({ id: uuid(50) });
    const list = findingList();
    const roots = new Map(log.heads.map(({ size, root }) => [size, root]));
    const rootAt = (size: number) => Promise.resolve(roots.get(size) ?? new Uint8Array(32));
    const common = { origin: ORIGIN, keys: [{ vkey: signer().vkey, after: 0 }], rootAt, report: list.report };
    await checkHeads({ ...common, size: 5, heads: log.heads, ...held(other.note()) });
    await checkHeads({ ...common, size: 4, heads: log.heads });
    expect(list.findings.map(({ code, index }) => `${code}@${index}`)).toEqual(['forked@2', 'truncated@4']);
  });
});

describe('freshness', () => {
  test('an old newest entry, an overdue heartbeat', () => {
    const log = SmallLog.started();
    log.add({ kind: 'heartbeat', next: timeText(log.time + 60_000) });
    log.head();
    const now = log.time;
    expect(verify(log, {}, { now, staleAfter: 5000 }).codes).toEqual([]);
    expect(verify(log, {}, { now: now + 10_000, staleAfter: 5000 }).codes).toEqual(['stale@2']);
    expect(verify(log, {}, { now: now + 61_000 }).codes).toEqual(['stale@2']);
  });
});

describe('going on from a snapshot', () => {
  test('gives what a whole check gives, at every place', () => {
    const log = SmallLog.started();
    for (let i = 0; i < 4; i++) log.access({ source: { id: 'a', seq: i * 2 } });
    log.retention([[3, 3]]);
    log.prune(3);
    log.add({ kind: 'heartbeat', next: timeText(1) }, { control: { index: 0, leaf: 'A'.repeat(43) } });
    log.head();
    const whole = verify(log);
    for (let cut = 0; cut < log.size; cut++) {
      const list = findingList();
      const checker = new LogChecker({ report: list.report, ids: memoryIdCollector() });
      for (const { bytes, leaf } of log.rows.slice(0, cut)) {
        checker.next(
          bytes === undefined
            ? { kind: 'pruned', leaf: Buffer.from(leaf).toString('base64url') }
            : inspectEntry(bytes),
        );
      }
      const resumed = verify(log, { resume: checker.snapshot() });
      expect([...list.findings, ...resumed.findings].length).toBe(whole.findings.length);
      expect(resumed.root).toEqual(whole.root);
      expect(resumed.pruned).toBe(whole.pruned);
    }
  });
  test('refuses a held checkpoint that it can not compare', () => {
    const log = grown(1);
    const held = [{ note: log.note(), from: 'a mail' }];
    const checker = new LogChecker({ report: () => undefined, ids: memoryIdCollector() });
    for (const { bytes } of grown(3).rows) if (bytes !== undefined) checker.next(inspectEntry(bytes));
    expect(() => verify(log, { resume: checker.snapshot(), held })).toThrow(
      expect.objectContaining({ code: 'HELD_TOO_OLD' }),
    );
  });
});
