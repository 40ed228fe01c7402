import { expect } from 'vitest';
import type { Built } from './builders.ts';
import { type Recording, told } from './sample.ts';

/** Runs what a builder made in a context, then outside any, where it must be refused if it is personal. */
export async function checkBuilt(capture: Recording, built: Built): Promise<void> {
  const { persons, fields, refused, rows, run } = built;
  capture.seen.length = 0;
  if (fields !== '') {
    capture.inContext = false;
    await expect(settled(run)).rejects.toThrow(code('NO_CONTEXT'));
    capture.inContext = true;
    expect(capture.seen).toEqual([]);
  }
  if (refused !== undefined) {
    await expect(settled(run)).rejects.toThrow(code(refused));
    return;
  }
  const result = await settled(run);
  expect(told(capture)).toEqual({ persons, fields });
  if (rows !== undefined) expect(result).toHaveLength(rows);
}

/** Drizzle tells of an error as the cause of its own. */
async function settled(run: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error && !('code' in error) ? error.cause : error;
  }
}

function code(text: string): unknown {
  return expect.objectContaining({ code: text });
}
