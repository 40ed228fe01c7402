import type { Bar, Histogram } from '@zegel/search';
import { zoomTerms } from './zoom.ts';

/** A bar as it is drawn, in units of the drawing. */
export interface DrawnBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** ms since 1970; `to` is excluded. */
  readonly from: number;
  readonly to: number;
  /** The query's terms for this time: `after:… before:…`. */
  readonly terms: string;
}

/** Size of the drawing. */
export const DRAWING = { width: 1000, height: 96 } as const;
const GAP = 2;
/** What occurred at all is seen. */
const LEAST_HEIGHT = 2;

/** Draws a histogram: bars side by side, the highest as high as the drawing. Empty where nothing was found. */
export function drawBars({ bars, step }: Histogram, timeZone: string): readonly DrawnBar[] {
  if (step === undefined) return [];
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const width = DRAWING.width / bars.length;
  return bars.map(({ from, to, count }: Bar, place) => {
    const height = count === 0 ? 0 : Math.max(LEAST_HEIGHT, rounded((DRAWING.height * count) / most));
    return {
      ...{ x: rounded(place * width), y: rounded(DRAWING.height - height), height, count, from, to },
      width: rounded(Math.max(1, width - (bars.length > 1 ? GAP : 0))),
      terms: zoomTerms(from, to, step, timeZone),
    };
  });
}

function rounded(length: number): number {
  return Math.round(length * 100) / 100;
}
