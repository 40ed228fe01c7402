import { checkAfterCrash, type Told, Writers } from './drill.ts';

/** Writers in 3 processes: 3, 3 and 2 of them. */
const SPREAD = [3, 3, 2];

function three(dir: string, round: number): Writers[] {
  return SPREAD.map((writers, p) => new Writers(dir, `r${round}p${p}`, writers));
}

/**
 * Kills 8 writers in 3 processes at a random moment of their work, over and over on one log, and checks it after each
 * time. Every third time they do not all die at once.
 *
 * @returns how many entries there are and how many were acknowledged
 */
export async function killAtRandom(
  dir: string,
  rounds: number,
): Promise<{ entries: number; acknowledged: number }> {
  const acknowledged: Told[] = [];
  let entries = 0;
  let next = three(dir, 0);
  for (let round = 0; round < rounds; round++) {
    const writers = next;
    for (const each of writers) each.go();
    await writers[round % 3]?.reached(round % 4); // 0: killed while they open
    await pause(Math.random() * 150);
    for (const each of writers) {
      each.kill();
      if (round % 3 === 2) await pause(Math.random() * 40);
    }
    if (round + 1 < rounds) next = three(dir, round + 1); // they load while we check, and wait to be told to begin
    await Promise.all(writers.map((w) => w.gone));
    for (const each of writers) acknowledged.push(...each.acknowledged);
    entries = await checkAfterCrash(dir, acknowledged);
  }
  return { entries, acknowledged: acknowledged.length };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
