import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { r4, r5 } from './fhir-records.ts';
import { importAll } from './shared.ts';

const bundle = {
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [
    { fullUrl: 'https://a.example/fhir/AuditEvent/a1', resource: r4({}) },
    { fullUrl: 'https://a.example/fhir/Patient/c1', resource: { resourceType: 'Patient', id: 'c1' } },
    { request: { method: 'DELETE', url: 'Patient/1' } },
    { resource: r5({}) },
  ],
};

function brief(results: Awaited<ReturnType<typeof importAll>>): readonly unknown[] {
  return results.map((one) => (one.kind === 'event' ? { id: one.event.id, line: one.line } : one.refused));
}

describe('importStream', () => {
  it('takes the AuditEvents out of a Bundle and refuses the rest, each with its reason', async () => {
    expect(brief(await importAll('fhir', 'b.json', JSON.stringify(bundle, null, 2)))).toEqual([
      { id: 'https://a.example/fhir/AuditEvent/a1', line: undefined },
      { file: 'b.json', reason: 'record 2: Patient is not an AuditEvent' },
      { file: 'b.json', reason: 'record 3: a Bundle entry without a resource' },
      { id: 'AuditEvent/b1', line: undefined },
    ]);
  });

  it('reads R4, R5 and Bundles from one NDJSON, gzipped, and names bad lines', async () => {
    const lines = [r4({}), { resourceType: 'Observation' }, bundle].map((one) => JSON.stringify(one));
    const text = [lines[0], '{"resourceType":', lines[1], lines[2]].join('\n');
    expect(brief(await importAll('fhir', 'n.ndjson.gz', gzipSync(text)))).toEqual([
      { id: 'AuditEvent/a1', line: 1 },
      { file: 'n.ndjson.gz', line: 2, reason: 'truncated JSON' },
      { file: 'n.ndjson.gz', line: 3, reason: 'Observation is not an AuditEvent' },
      { id: 'https://a.example/fhir/AuditEvent/a1', line: 4 },
      { file: 'n.ndjson.gz', line: 4, reason: 'record 2: Patient is not an AuditEvent' },
      { file: 'n.ndjson.gz', line: 4, reason: 'record 3: a Bundle entry without a resource' },
      { id: 'AuditEvent/b1', line: 4 },
    ]);
  });

  it('reads CloudTrail files as AWS writes them: one line of Records, gzip', async () => {
    const event = {
      eventTime: '2026-03-01T08:00:00Z',
      eventName: 'GetObject',
      eventSource: 's3.amazonaws.com',
    };
    const records = { Records: [{ ...event, userIdentity: { type: 'Root', accountId: '1' } }, event] };
    const [first, second] = await importAll('cloudtrail', 'c.json.gz', gzipSync(JSON.stringify(records)));
    expect(first).toMatchObject({
      kind: 'event',
      occurredFrom: 'eventTime',
      event: { operation: 's3.get-object' },
    });
    expect(second).toEqual({
      kind: 'refused',
      refused: { file: 'c.json.gz', reason: 'record 2: userIdentity is missing' },
    });
  });

  it('gives the same events again, whatever the layout of the file', async () => {
    const record = r4({ id: undefined });
    const events = await Promise.all(
      [JSON.stringify(record), JSON.stringify(record, null, 4), JSON.stringify([record])].map(
        async (text) => {
          const [one] = await importAll('fhir', 'f', text);
          return one?.kind === 'event' ? one.event : one;
        },
      ),
    );
    expect(events[0]).toHaveProperty('id');
    expect(events[1]).toEqual(events[0]);
    expect(events[2]).toEqual(events[0]);
  });

  it('maps activities', async () => {
    const [one] = await importAll('fhir', 'f', JSON.stringify(r5({})), {
      activity: { map: { TREAT: 'general' } },
    });
    expect(one).toMatchObject({ event: { activity: 'general' } });
  });
});
