import { beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreError } from '../src/store-error.ts';
import { badServer, cut, partOf, plainAnswer, s3Error, silence } from './lib/bad-server.ts';

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});

const BODY = Buffer.from('body');
const code = (expected: string): unknown => expect.objectContaining({ name: 'StoreError', code: expected });

describe('a write is sent once, and what came of it is told apart', () => {
  it.each([
    ['a version', plainAnswer(200, '', { 'x-amz-version-id': 'v1' }), { kind: 'made', versionId: 'v1' }],
    ['no version', plainAnswer(200), { kind: 'made', versionId: undefined }],
    ['412', s3Error(412, 'PreconditionFailed'), { kind: 'taken' }],
    ['412 without a body', plainAnswer(412), { kind: 'taken' }],
    ['409', s3Error(409, 'ConditionalRequestConflict'), { kind: 'unknown' }],
    ['429', plainAnswer(429, 'slow down'), { kind: 'unknown' }],
    ['500', s3Error(500, 'InternalError'), { kind: 'unknown' }],
    [
      '502 of a proxy',
      plainAnswer(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' }),
      { kind: 'unknown' },
    ],
    ['503', s3Error(503, 'SlowDown'), { kind: 'unknown' }],
    ['504 without a body', plainAnswer(504), { kind: 'unknown' }],
    ['400 for a time-out', s3Error(400, 'RequestTimeout'), { kind: 'unknown' }],
    ['400 for a damaged body', s3Error(400, 'BadDigest'), { kind: 'unknown' }],
    ['a cut connection', cut, { kind: 'unknown' }],
    ['nothing', silence, { kind: 'unknown' }],
  ])('%s', async (_, answer, outcome) => {
    for (const write of ['create', 'put'] as const) {
      const { bucket, seen } = await badServer(answer);
      expect(await bucket[write]('seg/1', BODY)).toMatchObject(outcome);
      expect(seen).toEqual(['PUT /audit/p/seg/1?x-id=PutObject']);
      expect(bucket.counts).toEqual({ puts: 1, gets: 0, lists: 0 });
    }
  });

  it.each([
    ['403', s3Error(403, 'AccessDenied'), 'STORE_READ_ONLY'],
    ['403 without a body', plainAnswer(403), 'STORE_READ_ONLY'],
    ['a wrong signature', s3Error(403, 'SignatureDoesNotMatch'), 'STORE_READ_ONLY'],
    ['no bucket', s3Error(404, 'NoSuchBucket'), 'STORE_NOT_FOUND'],
    ['404 without a body', plainAnswer(404), 'STORE_NOT_FOUND'],
    ['a quota', s3Error(403, 'QuotaExceeded'), 'STORE_FULL'],
    ['no room', s3Error(507, 'XMinioStorageFull'), 'STORE_FULL'],
    ['no conditional writes', s3Error(501, 'NotImplemented'), 'STORE_UNSAFE'],
    ['another region', s3Error(301, 'PermanentRedirect'), 'STORE_IO'],
    ['an expired token', s3Error(400, 'ExpiredToken'), 'STORE_READ_ONLY'],
    ['a bad request', s3Error(400, 'InvalidRequest', 'Missing lock configuration'), 'STORE_IO'],
  ])('%s is an error', async (_, answer, expected) => {
    const { bucket, seen } = await badServer(answer);
    await expect(bucket.create('seg/1', BODY)).rejects.toEqual(code(expected));
    expect(seen).toHaveLength(1);
  });

  it('names what is not allowed, and where', async () => {
    const { bucket } = await badServer(s3Error(403, 'AccessDenied', 'User w is not authorized'));
    await expect(bucket.create('seg/1', BODY)).rejects.toThrow(
      's3:PutObject on audit/seg/1 is not allowed (403 AccessDenied User w is not authorized)',
    );
  });
});

describe('a read is repeated until a sound answer comes', () => {
  it.each([
    ['500', s3Error(500, 'InternalError')],
    ['503', s3Error(503, 'SlowDown')],
    ['429', plainAnswer(429)],
    ['409', s3Error(409, 'OperationAborted')],
    ['a cut connection', cut],
    ['a cut body', partOf('the body', 3, 'cut')],
    ['a body that stops', partOf('the body', 3, 'silence')],
    ['nothing', silence],
  ])('%s, then the object', async (_, answer) => {
    const { bucket, seen } = await badServer(answer, answer, plainAnswer(200, 'the body'));
    expect(Buffer.from((await bucket.get('k')) ?? []).toString()).toBe('the body');
    expect(seen).toEqual(Array.from({ length: 3 }, () => 'GET /audit/p/k?x-id=GetObject'));
    expect(bucket.counts.gets).toBe(3);
  });

  it('gives up after six attempts', async () => {
    const { bucket, seen } = await badServer(s3Error(503, 'SlowDown'));
    await expect(bucket.get('k')).rejects.toEqual(code('STORE_IO'));
    expect(seen).toHaveLength(6);
  });

  it.each([
    ['no key', s3Error(404, 'NoSuchKey')],
    ['no version', s3Error(404, 'NoSuchVersion')],
    ['a delete marker', s3Error(405, 'MethodNotAllowed')],
  ])('%s is nothing', async (_, answer) => {
    const { bucket, seen } = await badServer(answer);
    expect(await bucket.get('k', { versionId: 'v' })).toBeUndefined();
    expect(await bucket.lockOf('k', 'v')).toBeUndefined();
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['no bucket', s3Error(404, 'NoSuchBucket'), 'STORE_NOT_FOUND'],
    ['403', s3Error(403, 'AccessDenied'), 'STORE_IO'],
    ['another region', s3Error(301, 'PermanentRedirect'), 'STORE_IO'],
  ])('%s is an error at once', async (_, answer, expected) => {
    const { bucket, seen } = await badServer(answer);
    await expect(bucket.get('k')).rejects.toEqual(code(expected));
    await expect(bucket.list('')).rejects.toEqual(code(expected));
    await expect(bucket.versions('')).rejects.toEqual(code(expected));
    await expect(bucket.remove('k', 'v')).rejects.toEqual(code(expected));
    expect(seen).toHaveLength(4);
  });

  it('a range from a server that knows none, or gives another', async () => {
    const all = await badServer(plainAnswer(200, '0123456789'));
    expect(Buffer.from((await all.bucket.get('k', { from: 2, to: 5 })) ?? []).toString()).toBe('234');
    const other = await badServer(
      plainAnswer(206, '567', { 'content-range': 'bytes 5-7/10' }),
      plainAnswer(206, '0123456789', { 'content-range': 'bytes 2-11/12' }),
      plainAnswer(206, '234', { 'content-range': 'bytes 2-4/10' }),
    );
    expect(Buffer.from((await other.bucket.get('k', { from: 2, to: 5 })) ?? []).toString()).toBe('234');
    expect(other.seen).toHaveLength(3);
    const beyond = await badServer(s3Error(416, 'InvalidRange'));
    expect(await beyond.bucket.get('k', { from: 20 })).toHaveLength(0);
  });
});

describe('a listing', () => {
  const page = (more: string): string =>
    `<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated>${more}</ListBucketResult>`;
  const versions = (more: string): string =>
    `<?xml version="1.0"?><ListVersionsResult><IsTruncated>true</IsTruncated>${more}</ListVersionsResult>`;
  const xml = { 'content-type': 'application/xml' };

  it.each([
    ['keys', page('')],
    ['keys over and over', page('<NextContinuationToken>t</NextContinuationToken>')],
  ])('of %s that does not go on is no endless loop', async (_, body) => {
    const { bucket, seen } = await badServer(plainAnswer(200, body, xml));
    await expect(bucket.list('')).rejects.toEqual(code('STORE_IO'));
    expect(seen.length).toBeLessThan(4);
  });

  it.each([
    ['versions', versions('')],
    [
      'versions over and over',
      versions('<NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>v</NextVersionIdMarker>'),
    ],
  ])('of %s that does not go on is no endless loop', async (_, body) => {
    const { bucket, seen } = await badServer(plainAnswer(200, body, xml));
    await expect(bucket.versions('')).rejects.toEqual(code('STORE_IO'));
    expect(seen.length).toBeLessThan(4);
  });

  it('that was cut is asked for again', async () => {
    const whole = versions(
      '<Version><Key>p/a%2Bb+c</Key><VersionId>v</VersionId><Size>3</Size></Version>',
    ).replace('true', 'false');
    const { bucket, seen } = await badServer(
      plainAnswer(200, whole.slice(0, 80), xml),
      plainAnswer(200, whole, xml),
    );
    expect(await bucket.versions('')).toMatchObject([
      { key: 'a+b c', versionId: 'v', size: 3, isDeleteMarker: false },
    ]);
    expect(seen).toHaveLength(2);
  });

  it('keeps the order of versions, and puts delete markers beside it', async () => {
    const version = (key: string, id: string): string =>
      `<Version><Key>p/${key}</Key><VersionId>${id}</VersionId><LastModified>2020-01-01T00:00:00.000Z</LastModified></Version>`;
    const marker = (key: string, id: string, latest: boolean): string =>
      `<DeleteMarker><Key>p/${key}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest></DeleteMarker>`;
    const body = `<?xml version="1.0"?><ListVersionsResult><IsTruncated>false</IsTruncated>${marker('b', 'm2', true)}${version('b', 'z')}${marker('b', 'm1', false)}${version('b', 'a')}${version('b', 'k')}${version('a', 'q')}</ListVersionsResult>`;
    const { bucket } = await badServer(plainAnswer(200, body, xml));
    const listed = await bucket.versions('');
    expect(listed.map(({ key, versionId }) => key + versionId)).toEqual([
      'aq',
      'bm2',
      'bz',
      'ba',
      'bk',
      'bm1',
    ]);
  });
});

it('ends what is under way when it is closed, and does nothing more', async () => {
  const { bucket, seen } = await badServer(silence);
  const pending = bucket.get('k').catch((thrown: unknown) => thrown);
  await vi.waitFor(() => expect(seen).toHaveLength(1), 5_000);
  bucket.close();
  expect(await pending).toEqual(code('STORE_CLOSED'));
  await expect(bucket.create('k', BODY)).rejects.toEqual(code('STORE_CLOSED'));
  await expect(bucket.list('')).rejects.toBeInstanceOf(StoreError);
  expect(seen).toHaveLength(1);
});

it('knows how far the clocks are apart', async () => {
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  const { bucket } = await badServer(plainAnswer(404, '', { date }));
  expect(bucket.clock.skewMs).toBeUndefined();
  await bucket.get('k');
  expect(Math.round((bucket.clock.skewMs ?? 0) / 10_000)).toBe(360);
});
