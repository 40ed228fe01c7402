import { describe, expect, it } from 'vitest';
import { Haste } from '../src/follow/haste.ts';

const never = new AbortController().signal;

describe('haste', () => {
  it('ends a wait when somebody asks', () => {
    const haste = new Haste();
    const waiting = haste.begin(never);
    expect(waiting.aborted).toBe(false);
    haste.ask();
    expect(waiting.aborted).toBe(true);
  });

  it('skips one wait where somebody asked before, and no more', () => {
    const haste = new Haste();
    haste.ask();
    expect(haste.begin(never).aborted).toBe(true);
    expect(haste.begin(never).aborted).toBe(false);
  });

  it('ends a wait when all is to stop', () => {
    const stop = new AbortController();
    const waiting = new Haste().begin(stop.signal);
    stop.abort();
    expect(waiting.aborted).toBe(true);
  });
});
