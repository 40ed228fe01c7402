import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readBody } from '../src/bucket/body.ts';

const body = (...chunks: readonly string[]): Readable =>
  Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const { signal } = new AbortController();

it('is as long as the answer said', async () => {
  const whole = await readBody({ body: body('ab', 'c'), length: 3, contentRange: undefined }, {}, signal);
  expect(Buffer.from(whole).toString()).toBe('abc');
  for (const length of [2, 4])
    await expect(
      readBody({ body: body('ab', 'c'), length, contentRange: undefined }, {}, signal),
    ).rejects.toThrow(`3 of ${length} bytes`);
});

it('ends in time, also when time is over before it begins', async () => {
  const endless = { body: new Readable({ read: () => undefined }), length: 3, contentRange: undefined };
  await expect(readBody(endless, {}, AbortSignal.abort())).rejects.toThrow(/in time/);
});
