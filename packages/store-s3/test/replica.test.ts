import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { parseS3Url } from '../src/index.ts';
import { SUITE_SIGNER } from '@zegel/testkit';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { append, newHome, open, texts } from './lib/log.ts';
import { administrator, bucketOf, NEEDS_S3, NO_S3 } from './lib/s3.ts';
import { newPlace } from './lib/place.ts';

describe.skipIf(NO_S3)(`what a machine keeps ${NEEDS_S3}`, () => {
  test('a replica that is behind takes in what others appended', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const here = await open(url, 'create', { home });
    await append(here, 'one');
    await here.close();
    const elsewhere = await open(url, 'write');
    await append(elsewhere, 'two', 'three');
    await append(elsewhere, 'four');
    const again = await open(url, 'write', { home });
    expect(await texts(again)).toEqual(['one', 'two', 'three', 'four']);
    await append(again, 'five');
    expect(await texts(elsewhere)).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  test('two stores of one home see what the other took in, without the bucket', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const one = await open(url, 'create', { home });
    await append(one, 'one');
    const two = await open(url, 'write', { home });
    await append(one, 'two');
    const seen: number[] = [];
    await two.commit((view) => {
      seen.push(view.size);
      return undefined;
    });
    expect(seen[0]).toBe(2);
  });

  test('a log that was wiped and begun anew under its key is read, and nobody here who knew the old one signs it', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const old = await open(url, 'create', { home });
    await append(old, 'one', 'two');
    await append(old, 'three');
    await old.close();
    const bucket = bucketOf(url);
    for (const { key, versionId } of await bucket.versions('')) await bucket.remove(key, versionId);
    const other = await open(url, 'create');
    await append(other, 'another');
    await expect(open(url, 'write', { home })).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 2 });
    const again = await open(url, 'read', { home, vkey: SUITE_SIGNER.vkey });
    expect(await texts(again)).toEqual(['another']);
    expect((await again.head())?.size).toBe(1);
    expect(await again.inspect()).toEqual([expect.stringContaining('has seen checkpoint/0000000000000003')]);
    await expect(open(url, 'write', { home })).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 1 });
  });

  test.each([
    ['garbage', (file: string) => writeFileSync(file, Buffer.alloc(8192, 7))],
    ['empty', (file: string) => writeFileSync(file, '')],
    [
      'of leaves that are not the log’s',
      (file: string) => bySql(file, 'UPDATE leaves SET hashes = zeroblob(length(hashes))'),
    ],
    ['without a table', (file: string) => bySql(file, 'DROP TABLE ids')],
    ['without its last segment', (file: string) => bySql(file, 'DELETE FROM segments WHERE first = 2')],
  ])('a replica that is %s is built again', async (_name, damage) => {
    const [url, home] = [await newPlace(), await newHome()];
    const old = await open(url, 'create', { home });
    await append(old, 'one', 'two');
    await append(old, 'three');
    await old.close();
    damage(join(home, 's3.db'));
    const again = await open(url, 'write', { home });
    const rows: unknown[] = [];
    for await (const chunk of again.idRows()) rows.push(...chunk);
    expect(rows).toHaveLength(3);
    await append(again, 'four');
    expect(await texts(again)).toEqual(['one', 'two', 'three', 'four']);
    expect(await texts(await open(url, 'read', { vkey: SUITE_SIGNER.vkey }))).toHaveLength(4);
  });

  test('a replica damaged while it is open is built again', async () => {
    const [url, home] = [await newPlace(), await newHome()];
    const store = await open(url, 'create', { home });
    await append(store, 'one');
    bySql(join(home, 's3.db'), 'DROP TABLE leaves');
    expect(await texts(store)).toEqual(['one']);
    await append(store, 'two');
    expect(await texts(store)).toEqual(['one', 'two']);
  });

  test('a delete marker hides nothing from who takes in the log', async () => {
    const url = await newPlace();
    const store = await open(url, 'create');
    await append(store, 'one');
    await append(store, 'two');
    const { bucket, prefix } = parseS3Url(url);
    await administrator().send(
      new DeleteObjectCommand({ Bucket: bucket, Key: `${prefix}seg/0000000000000001` }),
    );
    const fresh = await open(url, 'write');
    expect(await texts(fresh)).toEqual(['one', 'two']);
    expect(await fresh.inspect()).toEqual([expect.stringContaining('delete marker')]);
    await append(fresh, 'three');
    expect(await texts(store)).toEqual(['one', 'two', 'three']);
  });
});

function bySql(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}
