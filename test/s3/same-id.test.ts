import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessEvent, type Log, openLog, verifyLog } from '@zegel/log';
import { prepareBuckets } from '@zegel/store-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const ENDPOINT = process.env['ZEGEL_TEST_S3'] ?? '';
const folders: string[] = [];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-s3-'));
  folders.push(dir);
  return dir;
}

/** The log as a machine of its own opens it. */
async function onAMachine(url: string, keys: string): Promise<Log> {
  vi.stubEnv('XDG_DATA_HOME', folder());
  return openLog(url, { keys, create: { origin: 'shop.example/audit' } });
}

const EVENT: AccessEvent = {
  ...{ id: 'order-1', action: 'read', activity: 'general', operation: 'order.show', service: 'shop' },
  occurred: '2026-11-01T10:00:00.000Z',
  actor: { kind: 'employee', id: 'e-17', role: 'support', ip: '192.0.2.7', userAgent: 'a browser' },
  onBehalfOf: { type: 'employee', id: 'e-3' },
  subjects: [
    { type: 'customer', id: 'c-1' },
    { type: 'customer', id: 'c-2', involvement: 'related' },
  ],
  ...{ fields: ['name', 'email'], recipient: 'delivery', case: 'order-881', reason: 'a call' },
  ...{ confidential: true, trace: { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' } },
};

/** The event without a key. */
function without(...keys: readonly (keyof AccessEvent)[]): AccessEvent {
  const rest = Object.entries(EVENT).filter(([key]) => !keys.includes(key as keyof AccessEvent));
  return Object.fromEntries(rest) as unknown as AccessEvent;
}

const first = EVENT.subjects[0] as AccessEvent['subjects'][number];
const second = EVENT.subjects[1] as AccessEvent['subjects'][number];

const OTHERS: readonly (readonly [string, AccessEvent])[] = [
  ['another action', { ...EVENT, action: 'export' }],
  ['another operation', { ...EVENT, operation: 'order.list' }],
  ['another activity', { ...EVENT, activity: 'imported' }],
  ['another service', { ...EVENT, service: 'desk' }],
  ['another time', { ...EVENT, occurred: '2026-11-01T10:00:00.001Z' }],
  ['another actor', { ...EVENT, actor: { ...EVENT.actor, id: 'e-18' } }],
  ['another role', { ...EVENT, actor: { ...EVENT.actor, role: 'planner' } }],
  ['another address', { ...EVENT, actor: { ...EVENT.actor, ip: '192.0.2.8' } }],
  ['no browser', { ...EVENT, actor: { kind: 'employee', id: 'e-17', role: 'support', ip: '192.0.2.7' } }],
  ['for somebody else', { ...EVENT, onBehalfOf: { type: 'employee', id: 'e-4' } }],
  ['for nobody', without('onBehalfOf')],
  ['another person', { ...EVENT, subjects: [{ type: 'customer', id: 'c-3' }, second] }],
  ['another sort of person', { ...EVENT, subjects: [{ type: 'visitor', id: 'c-1' }, second] }],
  ['persons the other way round', { ...EVENT, subjects: [second, first] }],
  ['one person less', { ...EVENT, subjects: [first] }],
  ['one person more', { ...EVENT, subjects: [first, second, { type: 'customer', id: 'c-3' }] }],
  ['another involvement', { ...EVENT, subjects: [first, { ...second, involvement: 'shown' }] }],
  ['another field', { ...EVENT, fields: ['name', 'phone'] }],
  ['another recipient', { ...EVENT, recipient: 'police' }],
  ['another case', { ...EVENT, case: 'order-882' }],
  ['no case', without('case')],
  ['another reason', { ...EVENT, reason: 'a letter' }],
  ['no reason', without('reason')],
  [
    'another trace',
    { ...EVENT, trace: { trace: '0af7651916cd43dd8448eb211c80319d', span: 'b7ad6b7169203331' } },
  ],
  ['not confidential', { ...EVENT, confidential: false }],
  ['another outcome', { ...EVENT, outcome: 'denied' }],
];

describe.skipIf(ENDPOINT === '')('an id that another machine has used (needs ZEGEL_TEST_S3)', () => {
  let url = '';
  const keys = folder();
  let one: Log;
  let two: Log;

  beforeAll(async () => {
    url = `s3://zegel-${randomBytes(8).toString('hex')}/log?endpoint=${ENDPOINT}&lock=none&flush=5&poll=50`;
    await prepareBuckets(url, { create: true });
    one = await onAMachine(url, keys);
    two = await onAMachine(url, keys);
  });

  afterAll(async () => {
    await one?.close();
    await two?.close();
    for (const dir of folders) rmSync(dir, { recursive: true, force: true });
  });

  /** What becomes of events on the second machine: the index of a receipt, or the code of a refusal. */
  async function told(events: readonly AccessEvent[]): Promise<readonly (number | string)[]> {
    const results = await two.appendEach(events);
    return results.map((result) => ('refused' in result ? result.refused : result.index));
  }

  test('gives the first receipt to the same event, and a conflict to any other', async () => {
    const [receipt] = await one.append([EVENT]);
    const index = receipt?.index ?? -1;
    const again = JSON.parse(JSON.stringify(EVENT)) as AccessEvent;
    const turned = Object.fromEntries(Object.entries(again).toReversed()) as unknown as AccessEvent;
    expect(await told([again])).toEqual([index]);
    expect(await told([turned])).toEqual([index]);
    const said = await Promise.all(OTHERS.map(async ([what, other]) => [what, await told([other])]));
    expect(said).toEqual(OTHERS.map(([what]) => [what, ['ID_CONFLICT']]));
    await expect(two.append([EVENT, { ...EVENT, reason: 'other' }])).rejects.toMatchObject({
      code: 'ID_CONFLICT',
    });
    expect(await told([EVENT])).toEqual([index]);
  });

  test('does not take what the log fills in for what the event says', async () => {
    const plain: AccessEvent = {
      ...{ id: 'plain', action: 'search', activity: 'general', fields: ['name'], service: 'shop' },
      ...{ actor: { kind: 'system', id: 'job' }, subjects: [{ type: 'customer', id: 'c-1' }] },
    };
    const nobody: AccessEvent = { ...plain, id: 'nobody', actor: { kind: 'anonymous' }, subjects: [] };
    const [a, b] = await one.append([plain, nobody]);
    expect(await told([plain, nobody])).toEqual([a?.index, b?.index]);
    expect(await told([{ ...nobody, fields: ['email'] }])).toEqual(['ID_CONFLICT']);
  });

  test('of an event in several parts', async () => {
    const subjects = Array.from({ length: 900 }, (_, n) => ({ type: 'customer', id: `many-${n % 7}` }));
    const many: AccessEvent = { ...EVENT, id: 'many', subjects };
    const [receipt] = await one.append([many]);
    expect(receipt?.count).toBeGreaterThan(1);
    expect(await told([many])).toEqual([receipt?.index]);
    const other = { ...many, subjects: subjects.with(850, { type: 'customer', id: 'x' }) };
    expect(await told([other])).toEqual(['ID_CONFLICT']);
  });

  test('of a record of another kind', async () => {
    const record = {
      kind: 'lifecycle',
      ...{ id: 'ended', activity: 'general', bodies: [{ event: 'service-ended', activity: 'general' }] },
      subjects: [{ type: 'customer', id: 'c-1' }],
    };
    const { index } = await one.record(record);
    expect((await two.record(record)).index).toBe(index);
    for (const other of [
      { ...record, subjects: [{ type: 'customer', id: 'c-2' }] },
      { ...record, bodies: [{ event: 'order-completed', activity: 'general' }] },
    ])
      await expect(two.record(other)).rejects.toMatchObject({ code: 'ID_CONFLICT' });
  });

  test('used by both at once is one of the two, and so it stays', { timeout: 60_000 }, async () => {
    for (let n = 0; n < 4; n++) {
      const events = [1, 2].map((subject) => ({
        ...EVENT,
        id: `race-${n}`,
        subjects: [{ type: 'customer', id: `racer-${subject}` }],
      }));
      const logs = [one, two];
      const settled = await Promise.all(
        logs.map((log, i) => log.appendEach(events.slice(i, i + 1)).then(([result]) => result)),
      );
      const won = settled.findIndex((result) => result !== undefined && !('refused' in result));
      expect(settled.filter((result) => result && 'refused' in result)).toHaveLength(1);
      for (const log of logs)
        for (const [i, event] of events.entries()) {
          const [result] = await log.appendEach([event]);
          expect(result && 'refused' in result ? 'ID_CONFLICT' : 'receipt').toBe(
            i === won ? 'receipt' : 'ID_CONFLICT',
          );
        }
    }
  });

  test('stands for its event alone once somebody in it was erased', async () => {
    const event: AccessEvent = { ...EVENT, id: 'erased', subjects: [{ type: 'customer', id: 'gone' }] };
    const [receipt] = await one.append([event]);
    expect(await told([{ ...event, reason: 'another' }])).toEqual(['ID_CONFLICT']);
    const numbers = one.vault.handlesOf('customer', 'gone').map(({ number }) => number);
    await one.destroy({ activity: 'general', rule: 'request', numbers });
    for (const given of [event, { ...event, reason: 'another' }, { ...event, fields: ['email'] }])
      expect(await told([given])).toEqual([receipt?.index]);
  });

  test('is known to the same machine after it lost its home, and the log verifies', async () => {
    const [receipt] = await one.append([{ ...EVENT, id: 'home' }]);
    const anew = await onAMachine(url, keys);
    try {
      const results = await anew.appendEach([
        { ...EVENT, id: 'home' },
        { ...EVENT, id: 'home', reason: 'another' },
      ]);
      expect(results[0]).toMatchObject({ index: receipt?.index });
    } finally {
      await anew.close();
    }
    const { failures, warnings } = await verifyLog(url);
    expect([failures, warnings]).toEqual([[], []]);
  });
});
