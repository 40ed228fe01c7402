import { describe, expect, test } from 'vitest';
import { encodeBase64url } from '../../src/base64url.ts';
import { canonicalize } from '../../src/canonical.ts';
import { sha256Base64url } from '../../src/crypto.ts';
import { timeText } from '../../src/entry/time.ts';
import type { JsonObject } from '../../src/json.ts';
import { encodeUtf8 } from '../../src/utf8.ts';
import { inspectEntry } from '../../src/verify/inspect.ts';
import { rotationMessage } from '../../src/verify/keys.ts';
import {
  mention,
  ORIGIN,
  quickAccess,
  REGISTER,
  SmallLog,
  signer,
  subject,
  uuid,
  verify,
} from './small-log.ts';

function codes(log: SmallLog): readonly string[] {
  log.head();
  return verify(log).codes;
}

describe('a sound log', () => {
  test('gives no finding, whatever its kinds', () => {
    const log = SmallLog.started();
    log.access();
    quickAccess(log);
    log.add({
      kind: 'lifecycle',
      event: 'service-ended',
      activity: 'dashboard',
      subjects: [subject(3)],
      subjectCount: 1,
    });
    log.add({ kind: 'correction', of: 2 });
    log.add({ kind: 'erasure', ground: 'objection', subjects: [], subjectCount: 0 });
    log.add({ kind: 'confidentiality', of: [2, 3] });
    log.add({ kind: 'review', of: [2], result: 'in-order', actor: { kind: 'employee', person: mention(1) } });
    log.add({
      kind: 'gap',
      activity: 'dashboard',
      service: 'x',
      count: 2,
      from: timeText(0),
      to: timeText(1),
    });
    log.add({ kind: 'heartbeat', next: timeText(log.time + 1e6) });
    log.access({ activity: 'zegel-consultation@9', fields: ['anything'], recipient: 'anybody' });
    expect(codes(log)).toEqual([]);
  });
});

describe('chain', () => {
  test('prev', () => {
    const log = SmallLog.started();
    log.access({}, { prev: 'A'.repeat(43) });
    log.access();
    expect(codes(log)).toEqual(['prev-broken@2']);
  });
  test('prev of the genesis is the hash of the origin', () => {
    const log = new SmallLog();
    log.add({ kind: 'genesis', origin: ORIGIN, vkey: signer().vkey }, { prev: 'A'.repeat(43) });
    expect(codes(log)).toEqual(['prev-broken@0']);
  });
  test('a gap and a repeat in the index are told once, where they are', () => {
    const log = SmallLog.started();
    log.access({}, { index: 5 });
    log.access({}, { index: 6 });
    log.access({}, { index: 6 });
    expect(codes(log)).toEqual(['index-gap@2', 'index-repeat@4']);
  });
  test('an id that repeats', () => {
    const log = SmallLog.started();
    log.access({ id: uuid(99) });
    log.access();
    log.access({ id: uuid(99) });
    expect(codes(log)).toEqual(['id-repeat@4']);
  });
  test('recorded goes back', () => {
    const log = SmallLog.started();
    log.access();
    log.time -= 5000;
    log.access();
    log.access();
    expect(codes(log)).toEqual(['recorded-back@3']);
  });
  test('a clock entry excuses the way back and is told', () => {
    const log = SmallLog.started();
    const before = log.time;
    log.time += 1e9;
    log.access();
    log.time = before;
    log.add({ kind: 'clock', from: timeText(before + 1e9), to: timeText(before + 1e9) });
    log.access();
    expect(codes(log)).toEqual(['clock-corrected@3']);
  });
  test('a clock entry about another range excuses nothing', () => {
    const log = SmallLog.started();
    log.time += 1e9;
    log.access();
    log.time -= 1e9;
    log.add({ kind: 'clock', from: timeText(log.time), to: timeText(log.time) });
    expect(codes(log)).toEqual(['clock-corrected@3', 'recorded-back@3']);
  });
  test('occurred after recorded beyond the bound', () => {
    const log = SmallLog.started();
    log.access({ occurred: timeText(log.time + 299_000) });
    log.access({ occurred: timeText(log.time + 301_000) });
    expect(codes(log)).toEqual(['occurred-after@3']);
  });
});

describe('genesis', () => {
  test('missing', () => {
    const log = new SmallLog();
    log.access({ activity: 'zegel-consultation@1' });
    expect(verify(log).codes).toContain('genesis-missing@0');
    expect(verify(new SmallLog()).codes).toEqual(['genesis-missing@0']);
  });
  test('repeated', () => {
    const log = SmallLog.started();
    log.add({ kind: 'genesis', origin: ORIGIN, vkey: signer().vkey });
    expect(codes(log)).toEqual(['genesis-repeat@2']);
  });
  test('of another origin', () => {
    const log = SmallLog.started();
    log.head();
    expect(verify(log, { origin: 'other.example/audit' }).codes).toEqual(['genesis-origin@0']);
  });
  test('with a key of another name', () => {
    const log = new SmallLog();
    log.add({ kind: 'genesis', origin: ORIGIN, vkey: signer(1, 'other.example/audit').vkey });
    expect(verify(log).codes).toContain('malformed@0');
  });
});

describe('control chain', () => {
  test('a link to another entry', () => {
    const log = SmallLog.started();
    log.access();
    log.add({ kind: 'heartbeat', next: timeText(1) }, { control: { index: 0, leaf: 'A'.repeat(43) } });
    log.add({ kind: 'heartbeat', next: timeText(1) });
    expect(codes(log)).toEqual(['control-broken@3']);
  });
  test('a link with the right index and another leaf hash', () => {
    const log = SmallLog.started();
    log.add({ kind: 'heartbeat', next: timeText(1) }, { control: { index: 1, leaf: 'A'.repeat(43) } });
    expect(codes(log)).toEqual(['control-broken@2']);
  });
  test('a pruned hold is found where it was, though a cover claims it', () => {
    const log = SmallLog.started();
    log.add({ kind: 'hold', state: 'placed', subjects: [], subjectCount: 0 });
    log.retention([[2, 2]]);
    log.prune(2);
    expect(codes(log)).toEqual(['control-broken@2', 'pruned@2']);
  });
});

describe('parts', () => {
  const part = (number: number, of: number, n: number, more = {}) => ({
    id: uuid(77),
    occurred: timeText(0),
    part: { number, of },
    subjects: [subject(n)],
    subjectCount: of,
    ...more,
  });

  test('equal and adjacent', () => {
    const log = SmallLog.started();
    const at = { recorded: timeText(log.time) };
    log.access(part(1, 2, 1), at);
    log.access(part(2, 2, 2), at);
    expect(codes(log)).toEqual([]);
  });
  test('missing', () => {
    const log = SmallLog.started();
    log.access(part(1, 3, 1), { recorded: timeText(log.time) });
    log.access();
    expect(codes(log)).toEqual(['part-missing@2']);
  });
  test('missing at the end', () => {
    const log = SmallLog.started();
    log.access(part(1, 3, 1));
    expect(codes(log)).toEqual(['part-missing@2']);
  });
  test('the first missing', () => {
    const log = SmallLog.started();
    log.access(part(2, 2, 1));
    expect(codes(log)).toEqual(['part-missing@2']);
  });
  test('apart', () => {
    const log = SmallLog.started();
    const at = { recorded: timeText(log.time) };
    log.access(part(1, 2, 1), at);
    log.access({}, at);
    log.access(part(2, 2, 2), at);
    expect(codes(log)).toEqual(['part-apart@4']);
  });
  test('unequal', () => {
    const log = SmallLog.started();
    const at = { recorded: timeText(log.time) };
    log.access(part(1, 2, 1), at);
    log.access(part(2, 2, 2, { outcome: 'error' }), at);
    expect(codes(log)).toEqual(['part-unequal@3']);
  });
  test('subjects that do not add up', () => {
    const log = SmallLog.started();
    const at = { recorded: timeText(log.time) };
    log.access(part(1, 2, 1, { subjectCount: 5 }), at);
    log.access(part(2, 2, 2, { subjectCount: 5 }), at);
    expect(codes(log)).toEqual(['part-unequal@3']);
  });
  test('an event that stands twice', () => {
    const log = SmallLog.started();
    const at = { recorded: timeText(log.time) };
    for (const number of [1, 2, 1, 2]) log.access(part(number, 2, number), at);
    expect(codes(log)).toEqual(['id-repeat@4', 'id-repeat@5']);
  });
  test('a pruned part of an access is not a missing one', () => {
    for (const gone of [2, 3, 4]) {
      const log = SmallLog.started();
      const at = { recorded: timeText(log.time) };
      for (const n of [1, 2, 3]) log.access(part(n, 3, n), at);
      log.retention([[gone, gone]], { cutoff: timeText(log.time) });
      log.prune(gone);
      expect(codes(log)).toEqual([`pruned@${gone}`]);
    }
  });
  test('a register in slices', () => {
    const log = new SmallLog();
    log.add({ kind: 'genesis', origin: ORIGIN, vkey: signer().vkey });
    const at = { recorded: timeText(log.time) };
    const digest = sha256Base64url(encodeUtf8(REGISTER));
    const slice = (number: number, document: string) => ({
      kind: 'register',
      id: uuid(78),
      occurred: timeText(0),
      part: { number, of: 2 },
      version: 1,
      date: '2019-03-05',
      digest,
      document,
    });
    log.add(slice(1, REGISTER.slice(0, 20)), at);
    log.add(slice(2, REGISTER.slice(20)), at);
    log.access();
    expect(codes(log)).toEqual([]);
  });
});

describe('register', () => {
  test.each([
    ['activity', { activity: 'nothing@1' }],
    ['reserved activity', { activity: 'zegel-other@1' }],
    ['activity named as a property of every object', { activity: 'constructor@1' }],
    ['field', { fields: ['iban'] }],
    ['action', { action: 'delete' }],
    ['role', { actor: { kind: 'employee', role: 'boss' } }],
    ['recipient', { recipient: 'police' }],
  ])('an unknown %s', (_, fields) => {
    const log = SmallLog.started();
    log.access(fields);
    expect(codes(log)).toEqual(['register-unknown@2']);
  });
  test('what the register leaves open', () => {
    const log = SmallLog.started();
    log.access({ activity: 'general@1', action: 'delete', fields: ['iban'] });
    log.access({ recipient: 'delivery' });
    expect(codes(log)).toEqual([]);
  });
  test('a version that is not there yet', () => {
    const log = SmallLog.started();
    log.access({ activity: 'dashboard@2' });
    expect(codes(log)).toEqual(['register-version@2']);
  });
  test('an older version is a warning and judged by its own', () => {
    const log = SmallLog.started();
    const document = canonicalize({ activities: { dashboard: { fields: [] } } });
    log.register({ version: 2, document, digest: sha256Base64url(encodeUtf8(document)) });
    log.access();
    expect(codes(log)).toEqual(['register-superseded@3']);
  });
  test('a version out of sequence, a wrong digest, no register', () => {
    const log = SmallLog.started();
    log.register({ version: 3 });
    log.register({ version: 3, digest: 'A'.repeat(43) });
    log.register({ version: 4, document: '[]', digest: sha256Base64url(encodeUtf8('[]')) });
    expect(codes(log)).toEqual(['register-version@2', 'malformed@3', 'malformed@4']);
  });
});

describe('sources', () => {
  const from = (seq: number) => ({ source: { id: 'outbox-1', seq } });
  test('a hole is told at the entry behind it, unless it is filled later', () => {
    const log = SmallLog.started();
    for (const seq of [7, 8, 10, 12, 11]) log.access(from(seq));
    expect(codes(log)).toEqual(['source-hole@4']);
  });
  test('missing bodies may be what the hole lacks', () => {
    const log = SmallLog.started();
    for (const seq of [1, 2, 3]) log.access(from(seq));
    log.retention([[3, 3]]);
    log.prune(3);
    expect(codes(log)).toEqual(['pruned@3']);
  });
});

describe('deletion', () => {
  test('a missing body without a cover', () => {
    const log = SmallLog.started();
    for (let i = 0; i < 5; i++) log.access();
    log.prune(3, 4);
    log.prune(6);
    expect(codes(log)).toEqual(['body-missing@3', 'body-missing@6']);
  });
  test('what covers leave over', () => {
    const log = SmallLog.started();
    for (let i = 0; i < 8; i++) log.access();
    log.retention([
      [3, 4],
      [7, 7],
    ]);
    log.prune(3, 5);
    log.prune(7);
    log.head();
    const verdict = verify(log);
    expect(verdict.codes).toEqual(['pruned@3', 'body-missing@5']);
    expect(verdict.pruned).toBe(3);
  });
  test('a cover that stands before the body does not cover it', () => {
    const log = SmallLog.started();
    log.access();
    log.retention([[2, 2]]);
    log.access();
    log.prune(4);
    expect(codes(log)).toEqual(['body-missing@4']);
  });
  test('before the cutoff of its own cover', () => {
    const log = SmallLog.started();
    log.access();
    const cutoff = timeText(log.time - 1000);
    log.access();
    log.access();
    log.retention([[3, 3]], { cutoff });
    log.prune(3);
    expect(codes(log)).toEqual(['pruned@3', 'pruned-early@3']);
  });
  test('a cutoff in the future of its cover', () => {
    const log = SmallLog.started();
    log.access();
    log.retention([[2, 2]], { cutoff: timeText(log.time + 1) });
    log.prune(2);
    expect(codes(log)).toEqual(['pruned@2', 'pruned-early@2']);
  });
  test.each([
    ['of the activity', { activity: 'dashboard' }, true],
    ['of every activity', {}, true],
    ['of another activity', { activity: 'general' }, false],
    ['about one person', { activity: 'dashboard', subjects: [subject(1)], subjectCount: 1 }, false],
  ])('under a hold %s', (_, more, found) => {
    const log = SmallLog.started();
    log.access();
    log.add({ kind: 'hold', state: 'placed', subjects: [], subjectCount: 0, ...more });
    log.retention([[2, 2]]);
    log.prune(2);
    expect(codes(log)).toEqual(['pruned@2', ...(found ? ['pruned-hold@2'] : [])]);
  });
  test('after the hold was lifted', () => {
    const log = SmallLog.started();
    log.access();
    log.add({ kind: 'hold', state: 'placed', subjects: [], subjectCount: 0 });
    log.add({ kind: 'hold', state: 'lifted', of: 3, subjects: [], subjectCount: 0 });
    log.retention([[2, 2]]);
    log.prune(2);
    expect(codes(log)).toEqual(['pruned@2']);
  });
});

describe('unreadable entries', () => {
  test('one is told and does not break the control chain behind it', () => {
    const log = SmallLog.started();
    log.raw(encodeUtf8('no JSON'), true);
    log.add({ kind: 'heartbeat', next: timeText(1) });
    expect(codes(log)).toEqual(['not-canonical@2']);
  });
  test('an unknown version is chained and told', () => {
    const log = SmallLog.started();
    const [bytes] = [log.rows[1]?.bytes ?? new Uint8Array(0)];
    const entry = {
      ...(JSON.parse(Buffer.from(bytes).toString()) as JsonObject),
      v: 2,
      strange: true,
      index: 2,
      prev: 'A'.repeat(43),
    };
    log.raw(encodeUtf8(canonicalize(entry)), true);
    expect(inspectEntry(log.rows[2]?.bytes ?? bytes).kind).toBe('partial');
    expect(codes(log)).toEqual(['unknown-version@2', 'prev-broken@2']);
  });
});

describe('key rotation', () => {
  const rotate = (log: SmallLog, to: number, by: number) => {
    const { vkey } = signer(to);
    log.add({
      kind: 'key',
      vkey,
      signature: encodeBase64url(signer(by).sign(rotationMessage(ORIGIN, vkey))),
    });
  };
  test('both keys sign the first checkpoint, the new one the later', () => {
    const log = SmallLog.started();
    log.head();
    rotate(log, 2, 1);
    log.head([signer(1), signer(2)]);
    log.access();
    log.head([signer(2)]);
    expect(verify(log).codes).toEqual([]);
  });
  test('the first without the old key', () => {
    const log = SmallLog.started();
    log.head();
    rotate(log, 2, 1);
    log.head([signer(2)]);
    expect(verify(log).codes).toEqual(['signature-unknown@2']);
  });
  test('the old key goes on', () => {
    const log = SmallLog.started();
    log.head();
    rotate(log, 2, 1);
    log.head([signer(1), signer(2)]);
    log.access();
    log.head([signer(1)]);
    expect(verify(log).codes).toEqual(['key-retired@3']);
  });
  test('a successor that the key in force has not signed', () => {
    const log = SmallLog.started();
    rotate(log, 2, 3);
    log.head([signer(1)]);
    expect(verify(log).codes).toEqual(['signature-bad@2']);
  });
});
