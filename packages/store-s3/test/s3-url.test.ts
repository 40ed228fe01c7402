import { expect, it } from 'vitest';
import { parseS3Url } from '../src/s3-url.ts';

it('fills in what a URL leaves out', () => {
  expect(parseS3Url('s3://audit')).toEqual({
    bucket: 'audit',
    prefix: '',
    endpoint: undefined,
    region: undefined,
    vaultBucket: 'audit-vault',
    lock: { mode: 'compliance', days: 30 },
    flushMs: 200,
    pollMs: 1000,
  });
});

it('reads every parameter', () => {
  const url =
    's3://audit.prod/a/b_c/?endpoint=http://127.0.0.1:9000/&region=eu-west-1&vault=other&lock=governance&lock-days=7&flush=0&poll=50';
  expect(parseS3Url(url)).toEqual({
    bucket: 'audit.prod',
    prefix: 'a/b_c/',
    endpoint: 'http://127.0.0.1:9000',
    region: 'eu-west-1',
    vaultBucket: 'other',
    lock: { mode: 'governance', days: 7 },
    flushMs: 0,
    pollMs: 50,
  });
});

it.each([
  ['s3:audit', /s3:\/\/bucket\/prefix/],
  ['s3://', /name of a bucket/],
  ['S3://audit', /name of a bucket/],
  ['s3://Audit', /name of a bucket/],
  ['s3://ab', /name of a bucket/],
  ['s3://a..b', /name of a bucket/],
  ['s3://-ab', /name of a bucket/],
  ['s3://10.0.0.1', /name of a bucket/],
  [`s3://${'a'.repeat(64)}`, /name of a bucket/],
  [`s3://${'a'.repeat(60)}`, /-vault" is not the name of a bucket/],
  ['s3://key:secret@audit', /credentials/],
  ['s3://audit/a//b', /not a prefix/],
  ['s3://audit//', /not a prefix/],
  ['s3://audit/../b', /not a prefix/],
  ['s3://audit/a%2Fb', /not a prefix/],
  ['s3://audit/a b', /not a prefix/],
  [`s3://audit/${'a'.repeat(513)}`, /at most 512/],
  ['s3://audit#x', /s3:\/\/bucket\/prefix/],
  ['s3://audit?lock=never', /compliance, governance or none/],
  ['s3://audit?lock-days=0', /from 1 to/],
  ['s3://audit?lock-days=1.5', /from 1 to/],
  ['s3://audit?flush=-1', /from 0 to/],
  ['s3://audit?flush=0x10', /from 0 to/],
  ['s3://audit?poll=1', /from 10 to/],
  ['s3://audit?poll=', /has no value/],
  ['s3://audit?poll=20&poll=30', /twice/],
  ['s3://audit?lok=none', /no parameter "lok"/],
  ['s3://audit?vault=audit', /bucket of its own/],
  ['s3://audit?region=EU', /not a region/],
  ['s3://audit?endpoint=127.0.0.1:9000', /endpoint/],
  ['s3://audit?endpoint=ftp://x', /endpoint/],
  ['s3://audit?endpoint=http://x/path', /endpoint/],
  ['s3://audit?endpoint=http://a:b@x', /endpoint/],
])('refuses %s', (url, why) => {
  expect(() => parseS3Url(url)).toThrow(expect.objectContaining({ code: 'STORE_NOT_FOUND' }));
  expect(() => parseS3Url(url)).toThrow(why);
});
