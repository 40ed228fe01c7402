import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import { parseS3Url, prepareBuckets, probe } from '../src/index.ts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { administrator, NEEDS_S3, NO_S3, newBuckets, S3_ENDPOINT } from './lib/s3.ts';

const DAY = 86_400_000;
const newUrl = (more = ''): string =>
  `s3://zegel-${randomBytes(6).toString('hex')}/p?endpoint=${S3_ENDPOINT}&region=us-east-1${more}`;

describe.skipIf(NO_S3)(`preparing buckets ${NEEDS_S3}`, () => {
  it('makes those that are missing, when told', async () => {
    const url = newUrl();
    const { bucket, vaultBucket } = parseS3Url(url);
    await expect(prepareBuckets(url)).rejects.toThrow(expect.objectContaining({ code: 'STORE_NOT_FOUND' }));
    await expect(prepareBuckets(url)).rejects.toThrow(
      `there is no bucket "${bucket}": --create-bucket makes what is missing, or aws s3api create-bucket --bucket ${bucket} --object-lock-enabled-for-bucket --endpoint-url ${S3_ENDPOINT}`,
    );
    expect(await prepareBuckets(url, { create: true })).toEqual([bucket, vaultBucket]);
    expect(await prepareBuckets(url, { create: true })).toEqual([]);
    expect(await prepareBuckets(url)).toEqual([]);
  });
});

describe.skipIf(NO_S3)(`a look at the buckets ${NEEDS_S3}`, () => {
  it.each(['governance', 'compliance', 'none'] as const)(
    'finds nothing missing where all is well, under lock=%s, and clears up',
    async (locked) => {
      const url = await newBuckets({ locked, prefix: 'p' });
      const found = await probe(url, { terms: { orders: 0, calls: 9 * DAY, billing: 90 * DAY } });
      expect(found.missing).toEqual([]);
      expect(found.stableOrder).toBe(true);
      expect(found.notes.join('\n')).toMatch(found.atomicCreates ? /Creates were atomic/ : /oldest decides/);
      expect(found.notes.some((note) => note.includes('"orders" get no lock'))).toBe(locked !== 'none');
      expect(found.notes.some((note) => note.includes('"calls" are locked for 9 days'))).toBe(
        locked !== 'none',
      );
      expect(found.notes.join('\n')).not.toContain('billing');
      const { bucket, vaultBucket } = parseS3Url(url);
      const left: (string | undefined)[] = [];
      for (const Bucket of [bucket, vaultBucket]) {
        const { Versions = [] } = await administrator().send(new ListObjectVersionsCommand({ Bucket }));
        left.push(...Versions.map(({ Key }) => Key));
      }
      const names = left.map((key) => key?.replace(/^p\/probe\/[0-9a-f]+\//, ''));
      expect(names).toEqual(locked === 'none' ? [] : ['lock']);
    },
  );

  it('says exactly what is missing', async () => {
    const url = newUrl('&lock=governance');
    const { bucket, vaultBucket } = parseS3Url(url);
    const admin = administrator();
    await admin.send(new CreateBucketCommand({ Bucket: bucket }));
    await admin.send(new CreateBucketCommand({ Bucket: vaultBucket, ObjectLockEnabledForBucket: true }));
    const { missing } = await probe(url);
    expect(missing.slice(0, 4)).toEqual([
      expect.stringMatching(`"${bucket}" has no versioning: .*Status=Enabled --endpoint-url ${S3_ENDPOINT}`),
      expect.stringMatching(
        `"${bucket}" has no Object Lock.*aws s3api put-object-lock-configuration --bucket ${bucket} `,
      ),
      expect.stringContaining(`"${vaultBucket}" has versioning`),
      expect.stringContaining(`"${vaultBucket}" has Object Lock`),
    ]);
  });

  it('sees versioning that was suspended, in either bucket', async () => {
    const url = newUrl('&lock=none');
    const { bucket, vaultBucket } = parseS3Url(url);
    const admin = administrator();
    for (const Bucket of [bucket, vaultBucket]) {
      await admin.send(new CreateBucketCommand({ Bucket }));
      for (const Status of ['Enabled', 'Suspended'] as const)
        await admin.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    }
    const { missing } = await probe(url);
    expect(missing).toContainEqual(expect.stringContaining(`"${bucket}" has its versioning suspended`));
    expect(missing).toContainEqual(expect.stringContaining(`"${vaultBucket}" had versioning`));
    expect(missing.join('\n')).not.toContain('Object Lock');
  });

  it('sees rules that remove by age, and locks by default', async () => {
    const url = await newBuckets({ prefix: 'p' });
    const { bucket, vaultBucket } = parseS3Url(url);
    const admin = administrator();
    const rule = (
      id: string,
      prefix: string,
      days: number,
    ): PutBucketLifecycleConfigurationCommand['input'] => ({
      Bucket: bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: id,
            Status: 'Enabled',
            Filter: { Prefix: prefix },
            NoncurrentVersionExpiration: { NoncurrentDays: days },
          },
          { ID: 'elsewhere', Status: 'Enabled', Filter: { Prefix: 'other/' }, Expiration: { Days: 1 } },
          {
            ID: 'uploads',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
    });
    await admin.send(new PutBucketLifecycleConfigurationCommand(rule('tidy', '', 3)));
    await admin.send(
      new PutBucketLifecycleConfigurationCommand({ ...rule('tidy vault', 'p/', 3), Bucket: vaultBucket }),
    );
    await admin.send(
      new PutObjectLockConfigurationCommand({
        Bucket: bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } },
        },
      }),
    );
    const { missing, notes } = await probe(url);
    expect(missing).toEqual([
      expect.stringMatching(`lifecycle rule "tidy" of "${bucket}"`),
      expect.stringMatching(`lifecycle rule "tidy vault" of the vault's bucket`),
    ]);
    expect(notes).toContainEqual(expect.stringContaining('governance, 400 days'));
  });

  it('says that nothing could be appended by a clock that is wrong', async () => {
    const now = Date.now.bind(Date);
    const set = vi.spyOn(Date, 'now').mockImplementation(() => now() - 600_000);
    onTestFinished(() => set.mockRestore());
    const { missing } = await probe(await newBuckets());
    expect(missing).toEqual([
      expect.stringMatching(/^Nothing could be appended: this machine's clock is (9|10) minutes behind/),
    ]);
  });

  it('is an error where there is no bucket', async () => {
    await expect(probe(newUrl())).rejects.toThrow(expect.objectContaining({ code: 'STORE_NOT_FOUND' }));
  });
});
