import { expect } from 'vitest';
import { checkLog } from './lib/check.ts';
import { folder, type Task, Writers } from './lib/process.ts';
import { items, newLog, ORIGIN, type Place, SEED } from './lib/scene.ts';

/** A crowd of writers. */
export interface Crowd {
  /** Entries that all of them append together. */
  readonly entries: number;
  /** Entries in one commit. */
  readonly batch: number;
  /** Gives each process an endpoint of its own; all use the server's where left out. */
  readonly through?: (place: Place) => Promise<readonly string[]>;
}

/**
 * Eight writers in four processes. Two of the processes share what they keep, as on one machine; the others are
 * machines of their own, one of which keeps nothing. Returns how many entries there are then: one more, which was there before.
 */
export async function crowd(endpoint: string, { entries, batch, through }: Crowd): Promise<number> {
  const place = await newLog(endpoint, 1);
  const shared = folder();
  const homes = [shared, shared, folder(), undefined];
  const endpoints = await through?.(place);
  const tasks = homes.map((home, n): Task => {
    const writers = [0, 1].map((w) => items(`p${n}w${w}`, entries / 8));
    const url = place.by(endpoints?.[n] ?? endpoint);
    return {
      url,
      origin: ORIGIN,
      seed: SEED,
      writers,
      batch,
      busyTimeout: 60_000,
      ...(home !== undefined && { home }),
    };
  });
  const all = tasks.map((task) => new Writers(task));
  await Promise.all(all.map((each) => each.go()));
  await Promise.all(all.map(({ gone }) => gone));
  expect(all.map(({ complaint }) => complaint)).toEqual(['', '', '', '']);
  expect(all.map(({ acknowledged }) => acknowledged.size)).toEqual(tasks.map(() => entries / 4));
  const { items: there, at } = await checkLog(place, ...all.map(({ acknowledged }) => acknowledged));
  for (const writer of tasks.flatMap(({ writers }) => writers)) {
    const places = writer.map((item) => at.get(item) ?? Number.NaN);
    expect(places, 'each writer’s items are in its order').toEqual(places.toSorted((a, b) => a - b));
  }
  return there.length;
}
