import { retentionsFrom } from '../replica/lookups.ts';
import type { Replica } from '../replica/replica.ts';

const PAGE = 64;

/** Tells of handles named as destroyed, in the order of the log, each once per store object; on opening, of all there are. */
export class RetentionTeller {
  readonly #replica: Replica;
  readonly #tell: ((numbers: readonly Uint8Array[]) => void) | undefined;
  #next = 0;

  constructor(replica: Replica, tell: ((numbers: readonly Uint8Array[]) => void) | undefined) {
    this.#replica = replica;
    this.#tell = tell;
  }

  /** Tells what the replica has come to know, whichever process took it in. */
  tell(): void {
    if (this.#tell === undefined) return;
    for (;;) {
      const page = this.#replica.read((rows) => retentionsFrom(rows, this.#next, PAGE));
      for (const { index, numbers } of page) {
        this.#tell(numbers);
        this.#next = index + 1;
      }
      if (page.length < PAGE) return;
    }
  }
}
