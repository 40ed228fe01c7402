import type { StoredToken } from '../access/access-file.ts';
import type { Services } from '../services.ts';
import { consult } from './consult.ts';

const HOUR = 3_600_000;

interface Fetching {
  /** Hours since 1970. */
  readonly hour: number;
  readonly noted: Promise<unknown>;
}

/**
 * Appends that a token fetches bundles: one entry per token and hour, before the first bundle of that hour is sent. An entry
 * per bundle would be fetched by the next one, so that a mirror made the log grow for ever. A restart forgets which hours
 * are told, and so may tell one twice.
 */
export class BundleFetches {
  readonly #services: Pick<Services, 'logs' | 'now'>;
  readonly #last = new Map<string, Fetching>();

  constructor(services: Pick<Services, 'logs' | 'now'>) {
    this.#services = services;
  }

  /** To be awaited before a bundle is sent. @throws HttpError `LOG_UNAVAILABLE`: nothing may be sent */
  async note({ id, source }: Pick<StoredToken, 'id' | 'source'>): Promise<void> {
    const hour = Math.floor(this.#services.now() / HOUR);
    const last = this.#last.get(id);
    if (last?.hour === hour) return void (await last.noted);
    const noted = consult(
      this.#services,
      { name: source },
      { action: 'export', operation: 'viewer.bundle', by: 'service', persons: [], fields: ['bundle'] },
    );
    const fetching = { hour, noted };
    this.#last.set(id, fetching);
    try {
      await noted;
    } catch (error) {
      if (this.#last.get(id) === fetching) this.#last.delete(id); // the next one tries again
      throw error;
    }
  }
}
