import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importCloudTrail } from '../src/cloudtrail/import-cloudtrail.ts';
import { importFhir } from '../src/fhir/import-fhir.ts';
import { instant } from '../src/time.ts';
import { r4, r5 } from './fhir-records.ts';
import { importAll, problemsOf } from './shared.ts';

const TRAIL = {
  eventID: 'e',
  eventTime: '2026-03-01T08:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  readOnly: false,
  sourceIPAddress: '192.0.2.1',
  userAgent: 'x',
  userIdentity: {
    type: 'AssumedRole',
    accountId: '1',
    arn: 'arn',
    principalId: 'p',
    userName: 'u',
    invokedBy: 's',
    sessionContext: {
      sourceIdentity: 'x',
      sessionIssuer: { type: 'IAMUser', accountId: '1', userName: 'b' },
    },
  },
  requestParameters: { userName: 'b' },
  resources: [{ type: 'AWS::IAM::User' }],
};

const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });

/** A good record in which one value, at any depth, became arbitrary JSON. */
function broken(record: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(record);
  return fc
    .tuple(fc.constantFrom(...paths), fc.oneof(json, fc.string({ unit: 'binary', maxLength: 400 })))
    .map(([path, value]) => {
      const copy = structuredClone(record);
      let here = copy as Record<string, unknown>;
      for (const key of path.slice(0, -1)) here = here[key] as Record<string, unknown>;
      here[path.at(-1) ?? ''] = value;
      return copy;
    });
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsOf(inner).map((path) => [key, ...path]),
  ]);
}

describe.each([
  ['fhir R4', importFhir, r4({})],
  ['fhir R5', importFhir, r5({})],
  ['cloudtrail', importCloudTrail, TRAIL],
] as const)('%s', (_, map, good) => {
  it('maps or refuses any JSON, and never throws', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(['mapped', 'refused']).toContain(map(value).kind);
      }),
    );
  });

  it('gives only what the log accepts, whatever stands in one place', () => {
    fc.assert(
      fc.property(broken(good), (value) => {
        const result = map(value);
        const problems = result.kind === 'mapped' ? problemsOf(result.event) : [];
        const reason = result.kind === 'refused' ? result.reason : 'none';
        expect(problems).toEqual([]);
        expect(reason).toMatch(/^[^\n]{1,400}$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is a function: the same record gives the same event', () => {
    fc.assert(
      fc.property(broken(good), (value) => {
        expect(map(structuredClone(value))).toEqual(map(value));
      }),
    );
  });
});

describe('reading', () => {
  it('any bytes give one-line refusals or events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('f.json', 'f.ndjson'),
        async (bytes, name) => {
          const results = await importAll('fhir', name, bytes);
          const reasons = results.map((one) => (one.kind === 'refused' ? one.refused.reason : 'none'));
          expect(reasons.every((reason) => /^[^\n]+$/.test(reason))).toBe(true);
        },
      ),
    );
  });

  it('lines that are good survive any bad ones between them', async () => {
    const good = JSON.stringify(r4({}));
    const bad = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .map((text) => `!${text.replaceAll(/[\r\n]/g, '')}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(bad, fc.constant(good)), { minLength: 1, maxLength: 8 }),
        async (lines) => {
          const results = await importAll('fhir', 'f.ndjson', lines.join('\n'));
          const places = results.map((one) => (one.kind === 'event' ? one.line : -(one.refused.line ?? 0)));
          expect(places).toEqual(lines.map((line, i) => (line === good ? i + 1 : -(i + 1))));
        },
      ),
    );
  });
});

describe('moments', () => {
  it('keeps every moment of four-digit years as Date writes it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          expect(instant(date.toISOString())).toBe(date.toISOString());
        },
      ),
    );
  });

  it.each([
    '',
    '2026',
    '2026-01-01',
    '2026-01-01T10:00:00',
    '2026-02-29T10:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:00:60Z',
    '2026-1-1T10:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '2026-01-01 10:00:00Z',
  ])('refuses %j', (text) => {
    expect(instant(text)).toBeUndefined();
  });
});
