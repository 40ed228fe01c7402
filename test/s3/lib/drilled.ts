import { setTimeout as sleep } from 'node:timers/promises';
import type { Signer } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { Chain, type Item } from './chain.ts';

/** What may pass. A body that was cut on its way is refused for its signature: it looks as if the key did not allow it. */
const PASSING = new Set(['STORE_IO', 'STORE_BUSY', 'STORE_READ_ONLY']);

/** A writer that keeps account of what was acknowledged to it. */
export class Drilled {
  readonly store: LogStore;
  /** Where each acknowledged item is. */
  readonly acknowledged: Map<Item, number> = new Map();
  /** Codes of commits that were not acknowledged. */
  readonly refused: string[] = [];
  readonly #chain: Chain;

  constructor(store: LogStore, signer: Signer) {
    this.store = store;
    this.#chain = new Chain(signer);
  }

  /** Commits items once; what is not acknowledged may be there or not. */
  async append(items: readonly Item[]): Promise<void> {
    const found = new Map<Item, number>();
    await this.store.commit((view) => this.#chain.build(view, items, found));
    for (const [item, index] of found) this.acknowledged.set(item, index);
  }

  /** The same until it is acknowledged, as a log does: every attempt looks for what is there already. */
  async insist(items: readonly Item[], attempts = 10): Promise<void> {
    for (let left = attempts; ; left--)
      try {
        await this.append(items);
        return;
      } catch (error) {
        const { code = '' } = error as { code?: string };
        if (!PASSING.has(code) || left <= 1) throw error;
        this.refused.push(code);
        await sleep(20);
      }
  }
}
