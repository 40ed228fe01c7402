import { randomBytes } from 'node:crypto';
import { openVault } from '../src/index.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NEEDS_S3, NO_S3, newBuckets } from './lib/s3.ts';

const number = (): Uint8Array => randomBytes(16);
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

async function vaultAt(url: string): ReturnType<typeof openVault> {
  const vault = await openVault(url);
  onTestFinished(() => vault.close());
  return vault;
}

describe.skipIf(NO_S3)(`the place of a vault ${NEEDS_S3}`, () => {
  test('keeps handles by number until they are removed, more than a page of them', async () => {
    const vault = await vaultAt(await newBuckets({ prefix: 'a/b' }));
    const handles = Array.from({ length: 1003 }, (_, n) => ({
      number: number(),
      body: Buffer.from(`handle ${n}`),
    }));
    await vault.put(handles);
    const [first, last] = [handles[0], handles.at(-1)];
    const asked = [last?.number ?? number(), number(), first?.number ?? number()];
    expect((await vault.get(asked)).map(text)).toEqual(['handle 1002', undefined, 'handle 0']);
    await vault.remove(asked);
    await vault.remove(asked);
    expect(await vault.get(asked)).toEqual([undefined, undefined, undefined]);
    const left: string[] = [];
    for await (const chunk of vault.numbers())
      left.push(...chunk.map((one) => Buffer.from(one).toString('hex')));
    const expected = handles.slice(1, -1).map((handle) => Buffer.from(handle.number).toString('hex'));
    expect(left.toSorted()).toEqual(expected.toSorted());
  });

  test('keeps the secrets of whoever was first', async () => {
    const url = await newBuckets();
    const [one, other] = [await vaultAt(url), await vaultAt(url)];
    expect(await one.secrets()).toBeUndefined();
    const kept = await Promise.all([
      one.keepSecrets(Buffer.from('one')),
      other.keepSecrets(Buffer.from('other')),
    ]);
    expect(text(kept[0])).toBe(text(kept[1]));
    expect(text(await one.keepSecrets(Buffer.from('later')))).toBe(text(kept[0]));
    expect(text(await other.secrets())).toBe(text(kept[0]));
  });

  test('says so where there is no bucket, and is no place after it was closed', async () => {
    const nowhere = await vaultAt((await newBuckets()).replace('s3://zegel-', 's3://zegel-not-'));
    await expect(nowhere.secrets()).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    const put = nowhere.put([{ number: number(), body: Buffer.from('x') }]);
    await expect(put).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
    nowhere.close();
    await expect(nowhere.secrets()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });
});
