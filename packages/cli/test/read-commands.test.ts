import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode, event, file, folder, logWith, objects, sizeOf, zegel, matching } from './zegel.ts';

const two = [
  event({
    id: 'one',
    reason: 'phone call',
    recipient: 'police',
    onBehalfOf: { type: 'employee', id: 'e-3' },
  }),
  event({
    action: 'export',
    actor: { kind: 'system', id: 'job' },
    subjects: [{ type: 'customer', id: 'c-2' }],
    outcome: 'denied',
  }),
];

test('search appends its consultation first, then shows newest first', async () => {
  const log = await logWith(...two);
  const { status, out, err } = await zegel([
    'search',
    '--log',
    log,
    'actor:employee:e-17',
    'secretword',
    '-action:search',
  ]);
  expect({ status, out, err }).toEqual({ status: 0, out: 'nothing found\n', err: '' });
  const all = await zegel(['search', '--log', log, '--json', 'kind:access']);
  const [consultation, exported, read] = objects(all.out);
  expect(objects(all.out)).toHaveLength(3);
  expect(consultation).toMatchObject({
    action: 'search',
    activity: 'zegel-consultation@1',
    operation: 'log.search',
    service: 'zegel',
    actor: { kind: 'employee', person: { type: 'operator', id: 'tester' } },
    fields: ['action', 'actor', 'word'],
    subjects: [],
    subjectCount: 0,
  });
  expect(exported).toMatchObject({
    index: 3,
    outcome: 'denied',
    subjects: [{ type: 'customer', id: 'c-2', involvement: 'target' }],
  });
  expect(read).toMatchObject({
    index: 2,
    actor: { kind: 'employee', role: 'support', person: { type: 'employee', id: 'e-17' } },
    onBehalfOf: { type: 'employee', id: 'e-3' },
  });
  expect(await sizeOf(log)).toBe(6);
  const last = objects((await zegel(['search', '--log', log, '--json', '--limit', '1'])).out);
  expect(last).toHaveLength(1);
  expect(
    new Set(subjectsOf(last[0] ?? {}).map(({ type, id, involvement }) => `${involvement} ${type}:${id}`)),
  ).toEqual(
    new Set([
      'shown operator:tester',
      'shown system:job',
      'shown customer:c-2',
      'shown employee:e-17',
      'shown employee:e-3',
      'shown customer:c-1001',
    ]),
  );
  expect(
    JSON.stringify(objects((await zegel(['export', '--log', log, '--format', 'jsonl', '-o', '-'])).out)),
  ).not.toContain('secretword');
});

test('the table is a line an entry, in the time zone asked for, and no text of an entry breaks it', async () => {
  const log = await logWith(event({ subjects: [{ type: 'customer', id: 'x\n\u001b[31mred\u202e' }] }));
  const { out } = await zegel(['search', '--log', log, 'action:read', '--tz', 'America/New_York']);
  const [head, row, end] = out.split('\n');
  expect(head?.split(/ {2,}/)).toEqual([
    'index',
    'time',
    'who',
    'role',
    'action',
    'activity',
    'whose',
    'fields',
    'outcome',
  ]);
  expect(row?.split(/ {2,}/)).toEqual([
    '2',
    '2026-11-22 07:00:00',
    'employee:e-17',
    'support',
    'read',
    'General',
    'customer:x\\u{a}\\u{1b}[31mred\\u{202e}',
    'email',
    'success',
  ]);
  expect(end).toBe('');
});

test('days of a query are days in the zone', async () => {
  const log = await logWith(event({ occurred: '2026-11-21T23:30:00.000Z' }));
  const hits = async (...more: readonly string[]): Promise<number> =>
    objects((await zegel(['search', '--log', log, '--json', 'on:2026-11-22', 'action:read', ...more])).out)
      .length;
  expect(await hits()).toBe(1);
  expect(await hits('--tz', 'UTC')).toBe(0);
});

test('a bad query is one line that points at the character', async () => {
  const log = await logWith();
  for (const command of [['search'], ['export', '--format', 'csv', '-o', '-']]) {
    const { status, out, err } = await zegel([...command, '--log', log, 'action:nonsense']);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^zegel: QUERY_INVALID: [^\n]*at character 8\)?\n$/);
  }
});

test('show tells in plain words, with sealed parts, after its consultation', async () => {
  const log = await logWith(...two);
  const { status, out } = await zegel(['show', '--log', log, '2']);
  expect(status).toBe(0);
  expect(out.split('\n')[0]).toBe(
    'On 2026-11-22 13:00:00 (Europe/Amsterdam) employee:e-17 (support) on behalf of employee:e-3 read email of customer:c-1001 to police under "General".',
  );
  expect(out).toMatch(/^sealed reason +\{"reason":"phone call"\}$/m);
  expect(out).toMatch(/^sealed origin +\{"ip":"192.0.2.7"\}$/m);
  const nl = await zegel(['show', '--log', log, '3', '--lang', 'nl']);
  expect(nl.out.split('\n')[0]).toBe(
    'Op 2026-11-22 13:00:00 (Europe/Amsterdam) system:job exporteerde email van customer:c-2 onder "Algemeen" (geweigerd).',
  );
  const json = objects((await zegel(['show', '--log', log, '4', '--json'])).out)[0];
  expect(json).toMatchObject({ operation: 'log.show', action: 'read', fields: ['index'], subjectCount: 3 });
  expect((await zegel(['show', '--log', log, '0'])).out).toMatch(
    /^On .* genesis: origin cli\.example\/audit\.\n/,
  );
});

test('show --raw gives the exact bytes without keys and without a trace', async () => {
  const log = await logWith(...two);
  renameSync(join(log, 'keys'), join(log, 'elsewhere'));
  renameSync(join(log, 'vault.db'), join(log, 'elsewhere.db'));
  const { status, out } = await zegel(['show', '--log', log, '2', '--raw']);
  expect(status).toBe(0);
  expect(out).toMatch(/^\{"action":"read".*\}$/);
  expect(await sizeOf(log)).toBe(4);
  expect((await zegel(['vkey', '--log', log])).out).toMatch(
    /^cli\.example\/audit\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+\n$/,
  );
  expect(await zegel(['show', '--log', log, '2'])).toMatchObject({
    status: 2,
    out: '',
    err: matching(/^zegel: KEY_MISSING: /),
  });
});

test('export jsonl is the exact bytes in index order and appends nothing; keys are needed for persons only', async () => {
  const log = await logWith(...two);
  const whole = await zegel(['export', '--log', log, '--format', 'jsonl', '-o', '-']);
  const entries = await Promise.all(
    [0, 1, 2, 3].map(async (i) => (await zegel(['show', '--log', log, String(i), '--raw'])).out),
  );
  expect(whole).toEqual({ status: 0, err: '', out: entries.map((entry) => `${entry}\n`).join('') });
  const person = await zegel([
    'export',
    '--log',
    log,
    'subject:customer:c-2',
    '--format',
    'jsonl',
    '-o',
    '-',
  ]);
  expect(person.out).toBe(`${entries[3]}\n`);
  expect(await sizeOf(log)).toBe(4);
  renameSync(join(log, 'keys'), join(log, 'elsewhere'));
  expect((await zegel(['export', '--log', log, 'action:export', '--format', 'jsonl', '-o', '-'])).out).toBe(
    `${entries[3]}\n`,
  );
  const nobody = await zegel([
    'export',
    '--log',
    log,
    'subject:customer:c-2',
    '--format',
    'jsonl',
    '-o',
    '-',
  ]);
  expect(nobody.status).toBe(2);
  expect(errorCode(nobody.err)).toBe('INDEX_NEEDS_VAULT');
});

test('export csv is safe for spreadsheets, after its consultation, and appears when it is whole', async () => {
  const log = await logWith(
    event({ subjects: [{ type: 'customer', id: 'a,"b"\r\nc' }] }),
    event({ actor: { kind: 'anonymous' }, subjects: [{ type: 'customer', id: 'd;＝1+1' }] }),
  );
  const path = join(folder(), 'out.csv');
  const { status, out } = await zegel(['export', '--log', log, 'kind:access', '--format', 'csv', '-o', path]);
  expect({ status, out }).toEqual({ status: 0, out: `2 entries written to ${path}\n` });
  expect(readdirSync(dirname(path))).toEqual(['out.csv']);
  const text = readFileSync(path, 'utf8');
  const [head] = text.split('\r\n');
  expect(head).toBe(
    'index,id,kind,occurred,recorded,actor_kind,actor,role,on_behalf_of,action,operation,service,activity,subjects,fields,recipient,outcome,of,confidential,flags',
  );
  expect(text).toContain('"customer:a,""b""\r\nc (target)"');
  expect(text).toContain('"customer:d;\'＝1+1 (target)"');
  expect(text.endsWith('\r\n')).toBe(true);
  const consultation = objects(
    (await zegel(['search', '--log', log, 'operation:log.export', '--json'])).out,
  )[0];
  expect(consultation).toMatchObject({ action: 'export', fields: ['kind'], subjectCount: 3 });
  const gone = await zegel(['export', '--log', log, '--format', 'csv', '-o', join(folder(), 'no', 'f.csv')]);
  expect(gone.status).toBe(2);
  expect(errorCode(gone.err)).toBe('OUTPUT_FAILED');
});

test('prove and verify-proof go together, offline', async () => {
  const log = await logWith(...two);
  const vkey = (await zegel(['vkey', '--log', log])).out.trim();
  const proof = join(folder(), 'p.tlog-proof');
  expect(await zegel(['prove', '--log', log, '2', '-o', proof])).toEqual({ status: 0, out: '', err: '' });
  const entry = (await zegel(['show', '--log', log, '2', '--raw'])).out;
  const check = (content: string, key: string, ...more: readonly string[]): ReturnType<typeof zegel> =>
    zegel(['verify-proof', proof, '--entry', file('entry', content), '--vkey', key, ...more]);
  expect(await check(entry, vkey)).toEqual({
    status: 0,
    err: '',
    out: 'proved: this is entry 2 of cli.example/audit, as its checkpoint of 4 entries has it\n',
  });
  expect(objects((await check(`${entry}\n`, vkey, '--json')).out)).toEqual([
    { ok: true, index: 2, size: 4, origin: 'cli.example/audit', trimmed: true },
  ]);
  expect(await check(entry.replace('read', 'reaD'), vkey)).toMatchObject({
    status: 1,
    out: matching(/^NOT PROVED: /),
  });
  const other = (await zegel(['vkey', '--log', await logWith()])).out.trim();
  expect(await check(entry, other, '--json')).toMatchObject({
    status: 1,
    out: matching(/^\{"ok":false,"reason":/),
  });
  expect(errorCode((await check(entry, 'no key')).err)).toBe('USAGE');
  writeFileSync(proof, 'nonsense');
  expect(await check(entry, vkey)).toMatchObject({ status: 1, err: '' });
});

test('a log that cannot be found, a number that is none, an entry that is not there', async () => {
  const log = await logWith();
  for (const argv of [
    ['checkpoint'],
    ['vkey'],
    ['search'],
    ['append'],
    ['verify'],
    ['show', '1'],
    ['prove', '1', '-o', '-'],
  ]) {
    const { status, out, err } = await zegel([...argv, '--log', join(folder(), 'none')]);
    expect({ argv, status, out }).toEqual({ argv, status: 2, out: '' });
    expect(errorCode(err), `${argv.join(' ')}: ${err}`).toBe('STORE_NOT_FOUND');
  }
  expect(errorCode((await zegel(['show', '--log', log, '99'])).err)).toBe('INDEX_OUT_OF_RANGE');
  expect(errorCode((await zegel(['show', '--log', log, '1e3'])).err)).toBe('USAGE');
  expect(errorCode((await zegel(['search', '--log', log, '--limit', '0'])).err)).toBe('USAGE');
  expect(existsSync(join(log, 'index.db'))).toBe(false);
});

function subjectsOf(
  entry: Readonly<Record<string, unknown>>,
): readonly { type: string; id: string; involvement: string }[] {
  return entry['subjects'] as readonly { type: string; id: string; involvement: string }[];
}
