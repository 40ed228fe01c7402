import { CONSULTATION_ACTIVITY } from '@zegel/core';
import type { Stage } from './stage.ts';

/** The entries that consultations left in the log of a stage, oldest first. */
export async function consultations({
  log,
}: Pick<Stage, 'log'>): Promise<Readonly<Record<string, unknown>>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const chunk of log.read(0, Number.MAX_SAFE_INTEGER))
    for (const { bytes } of chunk) {
      const entry = JSON.parse(Buffer.from(bytes ?? '').toString()) as Record<string, unknown>;
      if (String(entry['activity']).startsWith(CONSULTATION_ACTIVITY)) all.push(entry);
    }
  return all;
}
