import { createSigner, type Signer } from '@zegel/core';
import { batchAfter, SUITE_SIGNER } from '@zegel/testkit';
import { describe, expect, test } from 'vitest';
import { open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';

const OTHER = createSigner(SUITE_SIGNER.name, new Uint8Array(32).fill(9));

function genesis({ name, vkey }: Signer): string {
  return JSON.stringify({ kind: 'genesis', origin: name, vkey });
}

describe.skipIf(NO_S3)(`a log that two begin at once, each with a key of its own ${NEEDS_S3}`, () => {
  test('is the log of the first: the other is refused and leaves nothing', async () => {
    const url = await newPlace();
    const [first, late] = [await open(url, 'create'), await open(url, 'create', { signer: OTHER })];
    const begin = (signer: Signer) => (view: Parameters<typeof batchAfter>[0]) =>
      batchAfter(view, [Buffer.from(genesis(signer))]);
    await first.commit(begin(SUITE_SIGNER));
    await expect(late.commit(begin(OTHER))).rejects.toMatchObject({ code: 'STORE_EXISTS' });
    expect(await bucketOf(url).versions('seg/')).toHaveLength(1);
    expect(await texts(await open(url, 'read'))).toEqual([genesis(SUITE_SIGNER)]);
    expect(await (await open(url, 'write')).inspect('outline')).toEqual([]);
  });
});
