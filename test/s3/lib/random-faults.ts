import { everyFault, type FaultPlan } from './fault.ts';

/** A plan in which one request in so many meets some fault, always the same ones for the same seed. */
export function randomFaults(seed: number, oneIn: number, ms = 30): FaultPlan {
  const faults = [...everyFault(ms).values()];
  let state = seed >>> 0;
  // Mulberry32: small and even enough.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => (next() * oneIn < 1 ? faults[Math.floor(next() * faults.length)] : undefined);
}
