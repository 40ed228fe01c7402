import { checkTlogProof, parseVkey } from '@zegel/core';
import { expect, test } from 'vitest';
import { consultations } from './lib/consultations.ts';
import { editBody } from './lib/edit-body.ts';
import { read, type Stage, stage } from './lib/stage.ts';

const NL = { 'accept-language': 'nl' };
const trace = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };

async function html(
  on: Stage,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await on.get(path, headers);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Text of a page without its tags. */
const textOf = (page: string): string => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

test('an entry is one plain sentence in the language of the reader, and names nobody', async () => {
  const on = await stage({ events: [read(4)] });
  const token = (type: string, id: string): string =>
    Buffer.from(on.log.vault.personKey(type, id)).toString('hex').slice(0, 4);
  const [who, whose] = [token('employee', 'e-1'), token('customer', 'c-4')];
  expect(textOf(await html(on, '/entries/2'))).toContain(
    `Employee ▪ ${who} (support) read e-mail address and name of customer ▪ ${whose}, for Customer contact (to answer a question); basis: contract.`,
  );
  const dutch = await html(on, '/entries/2', NL);
  expect(textOf(dutch)).toContain(
    `Medewerker ▪ ${who} (support) las e-mailadres en naam van klant ▪ ${whose}, voor Klantcontact (een vraag beantwoorden); grondslag: overeenkomst.`,
  );
  expect(dutch).not.toMatch(/c-4|e-1\b|192\.0\.2/);
});

test('every field is told in plain words, what is sealed as sealed, with the register in force then', async () => {
  const on = await stage({ events: [read(4, { flags: ['undeclared'] })] });
  const text = textOf(await html(on, '/entries/2'));
  for (const words of [
    'Kind of entry access',
    'Whose customer ▪',
    'whom it was about',
    'e-mail address email',
    'Purpose to answer a question',
    'IP address and browser: sealed with the key of one person',
    'Remarks More data were read than had been declared.',
    'Register of processing activities: version 1 of 2026-11-01',
    'Hash of the previous entry',
  ])
    expect(text).toContain(words);
});

test('each kind has a sentence', async () => {
  const on = await stage({ events: [read(1)] });
  await on.log.record({
    kind: 'review',
    bodies: [{ of: [2], result: 'follow-up' }],
    actor: { kind: 'employee', id: 'r-1' },
  });
  await on.log.record({
    kind: 'gap',
    bodies: [
      {
        ...{ activity: 'contact', service: 'dashboard', count: 3 },
        ...{ from: '2026-11-22T12:00:00.000Z', to: '2026-11-22T12:05:00.000Z' },
      },
    ],
  });
  expect(textOf(await html(on, '/entries/0'))).toContain('Here the log “viewer.example/audit” begins.');
  expect(textOf(await html(on, '/entries/1'))).toContain(
    'Version 1 of the register of processing activities',
  );
  expect(textOf(await html(on, '/entries/4'))).toContain(
    'At dashboard, 3 accesses for Customer contact went unlogged, between 2026-11-22 13:00:00 and 2026-11-22 13:05:00.',
  );
  expect(textOf(await html(on, '/entries/3', NL))).toContain('beoordeelde regel 2: op te volgen.');
});

test('a view is an entry before it is shown; a log that can not be written shows nothing', async () => {
  const on = await stage({ events: [read(1)] });
  const page = await html(on, '/entries/2');
  expect(await consultations(on)).toMatchObject([
    { action: 'read', operation: 'viewer.entry', fields: ['index'], subjectCount: 2 },
  ]);
  expect(page).toContain('href="/entries/3"'); // the entry of this very view
  await on.get('/entries/2/raw');
  expect(await consultations(on)).toMatchObject([{}, { operation: 'viewer.entry-bytes' }]);
  const consult = on.log.consult.bind(on.log);
  on.log.consult = async () => {
    throw Object.assign(new Error('full'), { code: 'STORE_FULL' });
  };
  for (const path of ['/entries/2', '/entries/2/raw']) {
    const answer = await on.get(path);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('customer ▪');
  }
  on.log.consult = consult;
});

test('a drawer is the same, without the page around it', async () => {
  const on = await stage({ events: [read(1)] });
  const drawer = await html(on, '/entries/2', { 'hx-request': 'true' });
  expect(drawer).toMatch(/^<article class="entry"/);
  expect(drawer).toContain('<h2><a class="permanent" href="/entries/2">Entry 2</a></h2>');
  expect(await html(on, '/entries/2')).toContain('<h1>Entry 2</h1>');
});

test('related entries: by reference both ways, of the same trace, and parts of one event', async () => {
  const on = await stage();
  await on.log.append([read(1, { outcome: 'begun', trace })]); // 2
  await on.log.append([read(9)]); // 3
  await on.log.append([read(1, { outcome: 'error', of: 2, trace })]); // 4
  await on.log.record({
    kind: 'review',
    bodies: [{ of: [2, 3], result: 'in-order' }],
    actor: { kind: 'employee', id: 'r-1' },
  }); // 5
  const begun = textOf(await html(on, '/entries/2'));
  expect(begun).toMatch(
    /Referred to by 4 [\d-]+ [\d:]+ · read, customer.show, failed 5 [\d-]+ [\d:]+ · review, in order/,
  );
  expect(begun).toMatch(/Same request \(trace\): 1 others 4 /);
  const failed = textOf(await html(on, '/entries/4'));
  expect(failed).toMatch(/This entry refers to 2 /);
  const subjects = Array.from({ length: 600 }, (_, n) => ({
    type: 'customer',
    id: `c-${n}`,
    involvement: 'shown' as const,
  }));
  const [receipt] = await on.log.append([read(1, { subjects, action: 'search' })]);
  expect(receipt?.count).toBeGreaterThan(1);
  const first = receipt?.index ?? 0;
  const part = textOf(await html(on, `/entries/${first}`));
  expect(part).toContain(`This event takes ${receipt?.count} entries`);
  expect(part).toContain(`${first} (this one)`);
  expect(part).toContain('597 more');
});

test('bytes and proof are downloaded as they are, for the command beside them', async () => {
  const on = await stage({ events: [read(1)] });
  const page = await html(on, '/entries/2');
  expect(page).toContain(`zegel verify-proof 2.tlog-proof --entry 2.entry --vkey &#39;${on.log.vkey}&#39;`);
  const entry = await on.get('/entries/2/raw');
  const bytes = new Uint8Array(await entry.arrayBuffer());
  expect(entry.headers.get('content-type')).toBe('application/octet-stream');
  expect(entry.headers.get('content-disposition')).toBe('attachment; filename="2.entry"');
  expect(Buffer.from(bytes)).toEqual(Buffer.from((await on.log.entry(2)).bytes ?? ''));
  const proof = await (await on.get('/entries/2/proof')).text();
  expect(checkTlogProof({ proof, entry: bytes, verifiers: [parseVkey(on.log.vkey)] })).toMatchObject({
    ok: true,
  });
});

test('an old register still names what was in force then', async () => {
  const on = await stage({ events: [read(1)] });
  const page = textOf(await html(on, '/entries/2'));
  expect(page).toContain('basis: contract');
  // The entry of the view itself is of an activity that no register has.
  expect(textOf(await html(on, '/entries/3'))).toContain('for consultation of the log.');
});

test.each([
  '/entries/99',
  '/entries/-1',
  '/entries/01',
  '/entries/x',
  '/entries/99/raw',
  '/entries/1e0/proof',
])('there is nothing at %s', async (path) => {
  const on = await stage();
  expect((await on.get(path)).status).toBe(404);
});

test('only who may sees anything', async () => {
  const on = await stage({ events: [read(1)] });
  for (const path of ['/entries/2', '/entries/2/raw', '/entries/2/proof']) {
    expect((await on.as().get(path)).status).toBe(303);
    expect((await on.as('admin').get(path)).status).toBe(403);
    expect((await on.as('security').get(path)).status).toBe(200);
  }
});

test('whatever stands in an entry is text, never markup', async () => {
  const on = await stage({ events: [read(1)] });
  const evil = '<img src=x onerror=alert(1)>"\'{{7*7}}';
  await editBody(on, 2, (text) => {
    const body = JSON.parse(text) as Record<string, unknown>;
    const bad = {
      operation: evil,
      service: evil,
      [evil]: evil,
      flags: [evil],
      fields: [evil],
      activity: evil,
    };
    return JSON.stringify({ ...body, ...bad, outcome: evil, actor: { kind: evil, role: evil } });
  });
  const page = await html(on, '/entries/2');
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x');
});

test('bytes that are no entry any more are said to be damaged, and the proof is there to show it', async () => {
  const on = await stage({ events: [read(1)] });
  await editBody(on, 2, () => '{"kind":"access"');
  const page = await html(on, '/entries/2');
  expect(page).toContain('The bytes of this entry are no valid entry.');
  expect(page).toContain('data-evidence=');
  expect(page).toContain('href="/entries/2/raw"');
});

test('a body that is gone is told apart: pruned by an entry of the log, or missing', async () => {
  const on = await stage({ events: [1, 2, 3].map((n) => read(n)) });
  const cutoff = '2026-11-22T12:00:00.000Z';
  const { index: by } = await on.log.record({
    kind: 'retention',
    bodies: [{ activity: 'contact', rule: 'retention', cutoff, handles: [], ranges: [[3, 3]] }],
  });
  const { store } = on.log as unknown as { store: { prune: (cover: object) => Promise<void> } };
  await store.prune({ by, ranges: [[3, 4]] });
  const pruned = await html(on, '/entries/3');
  expect(textOf(pruned)).toContain(
    `This entry records it: ${by} (rule “retention”, activity “contact”, before 2026-11-22 13:00:00)`,
  );
  expect(pruned).toContain('&quot;cover&quot;:');
  expect(pruned).not.toContain('/entries/3/raw');
  const missing = await html(on, '/entries/4');
  expect(textOf(missing)).toContain('is missing and no entry says why');
  expect((await on.get('/entries/3/raw')).status).toBe(410);
});

test('who may reveal or review is offered that, others are not', async () => {
  const on = await stage({ events: [read(1)] });
  const seen = async (role: 'privacy' | 'auditor' | 'security'): Promise<readonly boolean[]> => {
    const page = await (await on.as(role).get('/entries/2')).text();
    return [page.includes('action="/entries/2/reveal"'), page.includes('href="/reviews/of/2"')];
  };
  expect(await seen('privacy')).toEqual([true, true]);
  expect(await seen('auditor')).toEqual([false, true]);
  expect(await seen('security')).toEqual([false, false]);
});
