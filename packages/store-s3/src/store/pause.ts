import { setTimeout as sleep } from 'node:timers/promises';

const SHORTEST = 4;
const LONGEST = 250;

/** A pause before the next try, random within a bound that doubles from try to try: those who collided come back apart. */
export async function backOff(tries: number): Promise<void> {
  const bound = Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10));
  await sleep(1 + Math.random() * bound);
}
