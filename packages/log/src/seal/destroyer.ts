import { failure } from '../failure.ts';
import type { RemoteVault } from '../port.ts';
import type { Answer } from '../protocol.ts';
import { destroyHandles, writeAnew } from '../vault/destroy.ts';
import type { Handles } from '../vault/handles.ts';
import type { VaultFile } from '../vault/vault-file.ts';

/** Milliseconds that a destruction waits for others to end their reading of the vault. */
const PATIENCE = 10_000;
const NUMBER = 16;

/** What handles are destroyed in. */
interface Destroying {
  readonly vault: VaultFile;
  readonly handles: Handles;
  /** Where the log's vault is, if that is not this machine's file. */
  readonly remote: RemoteVault | undefined;
  /** Tells the caller how it went. */
  readonly post: (answer: Answer) => void;
}

/** Destroys handles for the seal worker, once their entries are durable. */
export class Destroyer {
  readonly #in: Destroying;

  constructor(destroying: Destroying) {
    this.#in = destroying;
  }

  /**
   * Another process's entry below the head names handles (latin1) that may still be here: they go before anything else is
   * sealed. Returns how many; undefined where they can't go: sealing again with the same handles would go round in circles.
   */
  apply(destroyed: string): number | undefined {
    const bytes = Buffer.from(destroyed, 'latin1');
    const numbers = Array.from({ length: bytes.length / NUMBER }, (_, i) =>
      bytes.subarray(i * NUMBER, (i + 1) * NUMBER),
    );
    try {
      destroyHandles(this.#in.vault, numbers); // the process that appended the entry empties the journal, or else the next opening
      return numbers.length;
    } catch {
      return undefined; // a full disk
    } finally {
      this.#in.handles.forget();
    }
  }

  /** Destroys the handles of an entry of this process's own, and answers the request that waits for that. */
  async destroy(request: number, numbers: readonly Uint8Array[]): Promise<void> {
    const { vault, handles, remote, post } = this.#in;
    try {
      // If we crash here, the next opening of any machine does this again.
      await remote?.remove(numbers);
      const value = destroyHandles(vault, numbers);
      // `healed` stays: below this entry there may be one of a process that crashed before it destroyed anything.
      this.#writeAnew(request, value, performance.now() + PATIENCE);
    } catch (error) {
      post({ kind: 'failed', requests: Int32Array.of(request), ...failure(error) });
    } finally {
      handles.forget();
    }
  }

  /** Others may be reading the journal: tries again, without holding up what else there is to seal. */
  #writeAnew(request: number, value: number, deadline: number): void {
    const { vault, post } = this.#in;
    try {
      writeAnew(vault, 0);
      post({ kind: 'done', request, value });
    } catch (error) {
      const { code, message } = failure(error);
      if (code !== 'VAULT_BUSY' || performance.now() > deadline)
        post({ kind: 'failed', requests: Int32Array.of(request), code, message });
      else setTimeout(() => this.#writeAnew(request, value, deadline), 10);
    }
  }
}
