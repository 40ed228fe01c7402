import type { LogReader } from '@zegel/log';

/** One signed checkpoint: how many entries it covers, and when the last of them was recorded. */
export interface HeadPoint {
  readonly size: number;
  /** ms since 1970. */
  readonly time: number;
}

/** At most `most` checkpoints of a log, evenly over its entries, the newest among them. */
export async function headsOverTime(log: LogReader, most: number): Promise<readonly HeadPoint[]> {
  const size = await log.size();
  const points: HeadPoint[] = [];
  for (let step = 1; step <= most; step++) {
    const from = Math.max(Math.ceil((size * step) / most), (points.at(-1)?.size ?? 0) + 1);
    const [head] = await log.heads(from, size + 1, 1);
    if (head === undefined) break;
    const time = await recordedAt(log, head.size - 1);
    if (time !== undefined) points.push({ size: head.size, time });
  }
  return points;
}

async function recordedAt(log: LogReader, index: number): Promise<number | undefined> {
  try {
    const { bytes } = await log.entry(index);
    const { recorded } = JSON.parse(Buffer.from(bytes ?? '').toString()) as { recorded?: unknown };
    const time = typeof recorded === 'string' ? Date.parse(recorded) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined; // its body is gone or damaged: another page's matter
  }
}
