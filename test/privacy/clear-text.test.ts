import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessEvent, type Log, openLog, openReader } from '@zegel/log';
import { startIndexer } from '@zegel/search';
import { describe, expect, onTestFinished, test } from 'vitest';
import { filesOf, formsOf, found } from './needles.ts';

const ORIGIN = 'privacy.example/audit';

/** Everything an event can say of people, each as long as an accident is unlikely. */
const SECRETS = {
  actor: 'medewerker-Hendrika-0017',
  behalf: 'leidinggevende-0003',
  customer: 'klant-Jansen-de-Vries-1001',
  email: 'anna.jansen+shop@voorbeeld.example',
  iban: 'NL91 ABNA 0417 1643 00',
  umlaut: 'Jürgen Großmann-Żółć',
  case: 'bestelling-2026-000881',
  id: 'uw-kenmerk-7731-ab',
  ip: '203.0.113.77',
  ipv6: '2001:db8:77::beef',
  userAgent: 'Mozilla/5.0 (Zonderling; nl) Speurneus/12',
  reason: 'mevrouw belde over haar bezorgadres Dorpsstraat 12 te Ons Dorp',
  name: 'Hendrika van den Berg',
  trace: '0af7651916cd43dd8448eb211c80319c',
  span: 'b7ad6b7169203331',
};

function events(): AccessEvent[] {
  const s = SECRETS;
  const base = { activity: 'general', fields: ['name'], service: 'shop' } as const;
  const actor = { kind: 'employee', id: s.actor, ip: s.ip, userAgent: s.userAgent } as const;
  const customer = (id: string) => ({ type: 'customer', id });
  return [
    {
      ...base,
      action: 'read',
      actor,
      subjects: [customer(s.customer)],
      id: s.id,
      case: s.case,
      reason: s.reason,
      onBehalfOf: { type: 'employee', id: s.behalf },
    },
    {
      ...base,
      action: 'search',
      actor,
      subjects: [customer(s.email), customer(s.iban), customer(s.umlaut), customer(s.name)],
      trace: { trace: s.trace, span: s.span },
    },
    {
      ...base,
      action: 'read',
      actor: { kind: 'anonymous', ip: s.ipv6 },
      subjects: [customer(s.customer)],
      confidential: true,
      id: s.case,
    },
    {
      ...base,
      action: 'export',
      actor,
      subjects: Array.from({ length: 400 }, (_, i) => customer(`${s.customer}-${i}`)),
      reason: s.reason,
    },
  ];
}

async function logOf(): Promise<{ dir: string; log: Log }> {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-privacy-'));
  const log = await openLog(dir, { create: { origin: ORIGIN } });
  onTestFinished(async () => {
    await log.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return { dir, log };
}

/** Files of a log as they stand, and its entries as they are packed in them. */
async function places(dir: string): Promise<{ name: string; bytes: Buffer }[]> {
  const unpacked: { name: string; bytes: Buffer }[] = [];
  await using reader = await openReader(dir);
  for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER))
    for (const { index, bytes } of chunk) {
      const text = Buffer.from(bytes ?? '');
      unpacked.push({ name: `entry ${index}`, bytes: text });
      // Also what stands in its base64url, such as boxes and ids.
      for (const [, run = ''] of text.toString().matchAll(/"([A-Za-z0-9_-]{20,})"/g))
        unpacked.push({ name: `base64url in entry ${index}`, bytes: Buffer.from(run, 'base64url') });
    }
  return [...filesOf(dir), ...unpacked];
}

describe('what an event says of people', () => {
  test('stands in clear in no file of a log and its index, open or closed', async () => {
    const { dir, log } = await logOf();
    await log.append(events());
    await log.record({
      kind: 'erasure',
      bodies: [{ ground: 'request' }],
      actor: { kind: 'employee', id: SECRETS.actor },
      subjects: [{ type: 'customer', id: SECRETS.customer }],
      reason: SECRETS.reason,
    });
    await using indexer = startIndexer({ log: dir });
    await indexer.reached(await log.size());
    const secrets = Object.values(SECRETS);
    const open = await places(dir);
    expect(open.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['log.db', 'log.db-wal', 'vault.db', 'vault.db-wal', 'index.db', 'keys/signed']),
    );
    expect(found(open, secrets)).toEqual([]);
    await indexer.stop();
    await log.close();
    expect(found(await places(dir), secrets)).toEqual([]);
  });

  test('would be found in every form if it did', () => {
    for (const secret of Object.values(SECRETS))
      for (const [form, bytes] of formsOf(secret))
        expect(
          found(
            [{ name: form, bytes: Buffer.concat([Buffer.from('some'), bytes, Buffer.from('more')]) }],
            [secret],
          ),
        ).not.toEqual([]);
    const around = (n: number) =>
      Buffer.from(
        Buffer.concat([Buffer.from('x'.repeat(n)), Buffer.from(SECRETS.name), Buffer.from('yz')]).toString(
          'base64url',
        ),
      );
    for (const n of [0, 1, 2, 3, 4])
      expect(found([{ name: 'b64', bytes: around(n) }], [SECRETS.name])).not.toEqual([]);
  });
});

interface Mention {
  readonly ref: string;
  readonly ptr: string;
}

interface Access {
  readonly actor: { readonly person: Mention };
  readonly subjects: readonly Mention[];
}

type Placed = Mention & { readonly who: string };

async function mentionsOf(log: Log): Promise<Placed[]> {
  const all: Placed[] = [];
  for await (const chunk of log.read(2, Number.MAX_SAFE_INTEGER))
    for (const { bytes } of chunk) {
      const { actor, subjects } = JSON.parse(Buffer.from(bytes ?? '').toString()) as Access;
      all.push({ who: 'actor', ...actor.person }, ...subjects.map((s) => ({ who: 'subject', ...s })));
    }
  return all;
}

/** Strings of six bytes that stand in more than one mention. */
function sharedPieces(mentions: readonly Mention[]): string[] {
  const first = new Map<string, Mention>();
  return mentions.flatMap((mention) =>
    [...piecesOf(mention.ref), ...piecesOf(mention.ptr)].filter((piece) => {
      const before = first.get(piece) ?? mention;
      first.set(piece, before);
      return before !== mention;
    }),
  );
}

function piecesOf(text: string): string[] {
  const raw = Buffer.from(text, 'base64url').toString('latin1');
  return Array.from({ length: raw.length - 5 }, (_, at) => raw.slice(at, at + 6));
}

describe('mentions of one person', () => {
  test('share no six bytes, and none of thousands is like another', async () => {
    const { log } = await logOf();
    const one = {
      action: 'read',
      activity: 'general',
      actor: { kind: 'employee', id: 'e-1' },
      fields: ['name'],
      service: 'shop',
    } as const;
    for (let i = 0; i < 10; i++)
      await Promise.all(
        Array.from({ length: 200 }, () =>
          log.append([{ ...one, subjects: [{ type: 'customer', id: 'c-1' }] }]),
        ),
      );
    const all = await mentionsOf(log);
    expect(all).toHaveLength(4000);
    expect(new Set(all.map((m) => m.ref)).size).toBe(4000);
    expect(new Set(all.map((m) => m.ptr)).size).toBe(4000);
    for (const who of ['actor', 'subject'])
      expect(sharedPieces(all.filter((m) => m.who === who))).toEqual([]);
  });
});
