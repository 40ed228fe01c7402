import type { CaptureSink } from '@zegel/capture';
import type { AccessEvent } from '@zegel/log';

/** What becomes of an append. `lost`: it lands, and whoever gave it is told that it did not. */
export type Fate = 'lands' | 'fails' | 'hangs' | 'lost';

/** A sink that fails as it is told, over one that works; and what of it is durable. */
export interface Faulty {
  readonly sink: CaptureSink;
  /** Events acknowledged to the caller. */
  readonly acknowledged: AccessEvent[];
  /** Ids of the persons of events that are durable, told to the caller or not. */
  readonly durable: Set<string>;
  /** From here on everything lands. */
  heal(): void;
}

/** Decides over each append by its number. */
export function faulty(over: CaptureSink, decide: (count: number) => Fate): Faulty {
  const acknowledged: AccessEvent[] = [];
  const durable = new Set<string>();
  let count = 0;
  let isHealed = false;
  const fate = (at: number): Fate => (isHealed ? 'lands' : decide(at));
  const append = async (events: readonly AccessEvent[]) => {
    const decided = fate(count++);
    if (decided === 'hangs') await new Promise(() => undefined);
    if (decided === 'fails') throw new Error('the log is out of reach');
    const receipts = await over.append(events);
    for (const { subjects } of events) for (const { id } of subjects) durable.add(id);
    if (decided === 'lost') throw new Error('the answer was lost');
    acknowledged.push(...events);
    return receipts;
  };
  const { register } = over;
  return {
    sink: {
      ...(register && { register }),
      append,
      gap: async (gap) => {
        if (fate(count++) !== 'lands') throw new Error('the log is out of reach');
        return over.gap?.(gap);
      },
    },
    acknowledged,
    durable,
    heal: () => {
      isHealed = true;
    },
  };
}
