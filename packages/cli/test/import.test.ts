import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode, file, folder, newLog, objects, sizeOf, zegel, matching } from './zegel.ts';

const auditEvent = (id: string): string =>
  JSON.stringify({
    resourceType: 'AuditEvent',
    id,
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    action: 'R',
    recorded: '2026-11-22T12:00:00Z',
    outcome: '0',
    agent: [{ who: { reference: 'Practitioner/p-1' }, requestor: true }],
    source: { observer: { reference: 'Device/d-1' } },
    entity: [{ what: { reference: 'Patient/pat-1' } }],
  });

test('an import is counted, and importing again appends nothing', async () => {
  const log = await newLog();
  const lines = file('a.ndjson', `${auditEvent('a')}\nnonsense\n${auditEvent('b')}\n${auditEvent('a')}`);
  const argv = ['import', '--log', log, '--from', 'fhir', lines];
  expect(await zegel(argv)).toEqual({
    status: 1,
    out: 'read 4, appended 2, duplicate 1, refused 1\n',
    err: matching(/^zegel: .*a\.ndjson:2: [^\n]+\n$/),
  });
  expect(await sizeOf(log)).toBe(4);
  const again = await zegel([...argv, '--json']);
  expect(objects(again.out)).toEqual([
    { read: 4, appended: 0, duplicate: 3, refused: [{ file: lines, line: 2, reason: matching(/^/) }] },
  ]);
  expect({ status: again.status, err: again.err }).toEqual({ status: 1, err: '' });
  expect(await sizeOf(log)).toBe(4);
});

test('bad files give one line each and lose nothing of the others', async () => {
  const log = await newLog();
  const files = [
    file('empty.json', ''),
    file('cut.json', auditEvent('x').slice(0, 50)),
    file('latin1.json', Buffer.from('{"a":"\xe9"}', 'latin1')),
    file('deep.json', '['.repeat(100_000)),
    folder(),
    join(folder(), 'none.json'),
    file('cut.gz', gzipSync(auditEvent('y')).subarray(0, 40)),
    file('good.json', auditEvent('z')),
  ];
  const { status, out, err } = await zegel(['import', '--log', log, '--from', 'fhir', ...files]);
  expect(status).toBe(1);
  expect(out).toMatch(/appended 1, duplicate 0, refused 7\n$/);
  const told = err.trimEnd().split('\n');
  expect(told).toHaveLength(7);
  expect(told.every((line, at) => line.startsWith(`zegel: ${files[at]}: `))).toBe(true);
  expect(told[4]).toContain('is a folder, not a file');
  expect(told[5]).toContain('no such file');
});

test('no file at all that could be read', async () => {
  const log = await newLog();
  const { status, out } = await zegel([
    'import',
    '--log',
    log,
    '--from',
    'cloudtrail',
    '--json',
    join(folder(), 'none'),
  ]);
  expect(status).toBe(2);
  expect(objects(out)).toMatchObject([
    { read: 0, appended: 0, duplicate: 0, refused: [{ reason: 'no such file' }] },
  ]);
});

test('activities come from the register', async () => {
  const register = fileURLToPath(new URL('../../../examples/voorbeeld/register.json', import.meta.url));
  expect(JSON.parse(readFileSync(register, 'utf8'))).not.toHaveProperty('activities.imported');
  const log = await newLog(register);
  const argv = ['import', '--log', log, '--from', 'fhir', file('a.json', auditEvent('a'))];
  const without = await zegel(argv);
  expect(without.status).toBe(2);
  expect(errorCode(without.err)).toBe('ACTIVITY_UNKNOWN');
  expect(without.err).toContain('"imported"');
  expect(
    errorCode((await zegel([...argv, '--activity', 'dashboard', '--activity-map', 'TREAT=nope'])).err),
  ).toBe('ACTIVITY_UNKNOWN');
  expect(errorCode((await zegel([...argv, '--activity-map', 'TREAT'])).err)).toBe('USAGE');
  expect(await zegel([...argv, '--activity', 'dashboard'])).toMatchObject({
    status: 1,
    out: matching(/refused 1\n$/),
  });
});

test('a format that is none, and no file', async () => {
  expect(errorCode((await zegel(['import', '--from', 'ocsf', 'x'])).err)).toBe('USAGE');
  expect(errorCode((await zegel(['import', '--from', 'fhir'])).err)).toBe('USAGE');
  expect(errorCode((await zegel(['import', 'x'])).err)).toBe('USAGE');
});
