import { listBits } from '../segment/bits.ts';
import { sound } from '../segment/damaged.ts';
import { isTime } from '../segment/time-codec.ts';
import { type Basis, MAX_BASIS, visitBasis } from './basis.ts';
import { chooseBars, type Step } from './calendar.ts';
import type { SegmentHits } from './session.ts';

/** Hits with `from <= occurred < to`, ms. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Hits over time in adjacent bars of one calendar step, the earliest first; no bars without hits. */
export interface Histogram {
  readonly basis: Basis;
  readonly step: Step | undefined;
  readonly bars: readonly Bar[];
}

const positions = new Uint16Array(65_536);

/** Counts hits by when they occurred, in at most `buckets` bars. */
export function countBars(segments: Iterable<SegmentHits>, buckets: number, timeZone: string): Histogram {
  const counter = new BarCounter();
  return counter.histogram(
    visitBasis(segments, (hits) => counter.visit(hits)),
    buckets,
    timeZone,
  );
}

/** Collects when hits occurred, a segment at a time. */
export class BarCounter {
  readonly #times = new Float64Array(MAX_BASIS);
  #count = 0;

  visit({ view, bits }: SegmentHits): void {
    const { base, offsets } = view.times();
    const found = listBits(bits, positions);
    for (let i = 0; i < found; i++)
      this.#times[this.#count++] = base + (offsets[positions[i] as number] as number);
  }

  /** In at most `buckets` bars of one calendar step. */
  histogram(basis: Basis, buckets: number, timeZone: string): Histogram {
    if (this.#count === 0) return { basis, step: undefined, bars: [] };
    const times = this.#times.subarray(0, this.#count);
    const [low, high] = extremes(times);
    sound(isTime(low) && isTime(high), 'times');
    const { step, edges } = chooseBars(low, high, Math.max(1, buckets), timeZone);
    const counts = new Uint32Array(edges.length - 1);
    for (const time of times) {
      const bar = barOf(time, edges);
      counts[bar] = (counts[bar] as number) + 1;
    }
    const bars = Array.from(counts, (count, i) => ({
      ...{ from: edges[i] ?? low, to: edges[i + 1] ?? high, count },
    }));
    return { basis, step, bars };
  }
}

function extremes(times: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < low) low = time;
    if (time > high) high = time;
  }
  return [low, high];
}

/** The last bar that starts at or before a time. */
function barOf(time: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) <= time) low = middle;
    else high = middle;
  }
  return low;
}
