import type { CaptureSink, Gap } from '../sink.ts';

type Read = NonNullable<CaptureSink['read']>;

/** Whether a gap stands in the log at or after `from`: nobody could say so when its append was cut short. */
export async function hasLanded(sink: CaptureSink, from: number, gap: Gap): Promise<boolean> {
  if (sink.read === undefined || sink.size === undefined) return false;
  const size = await sink.size();
  if (size <= from) return false;
  const rows: ReturnType<Read> = sink.read(from, size);
  for await (const entries of rows) {
    if (entries.some(({ bytes }) => bytes !== undefined && isGap(bytes, gap))) return true;
  }
  return false;
}

function isGap(bytes: Uint8Array, gap: Gap): boolean {
  const entry: unknown = JSON.parse(Buffer.from(bytes).toString());
  if (typeof entry !== 'object' || entry === null) return false;
  const found = entry as Readonly<Record<string, unknown>>;
  if (found['kind'] !== 'gap') return false;
  return (['activity', 'service', 'count', 'from', 'to'] as const).every((key) => found[key] === gap[key]);
}
