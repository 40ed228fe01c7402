import { parseVkey, type Signer, type Verifier } from '@zegel/core';
import { StoreError } from '../store-error.ts';

/** Verifier keys by their texts: reading one costs as much as checking a signature. */
export class Trust {
  /** Keys that the log is held to from the start; empty when its genesis names them. */
  readonly base: readonly string[];
  readonly #signer: Signer | undefined;
  readonly #known = new Map<string, Verifier>();

  /** @throws StoreError `STORE_CORRUPT` when `vkey` is no verifier key */
  constructor(signer: Signer | undefined, vkey: string | undefined) {
    this.#signer = signer;
    this.base = vkey === undefined ? [] : [vkey];
    if (vkey !== undefined) this.#verifier(vkey);
  }

  /** Whether it is for who appends: that takes a log of the very key. Who reads another's hears it from verification. */
  get isStrict(): boolean {
    return this.#signer !== undefined && this.base.length > 0;
  }

  /** Name of the log, where a key says it. */
  originOf(keys: readonly string[]): string | undefined {
    const [first] = keys;
    return first === undefined ? this.#signer?.name : this.#verifier(first).name;
  }

  /** Verifiers of these keys; where there is none yet, of the own one. */
  verifiers(keys: readonly string[]): readonly Verifier[] {
    const own = this.#signer === undefined ? [] : [this.#signer.vkey];
    return (keys.length === 0 ? own : [...new Set(keys)]).map((text) => this.#verifier(text));
  }

  #verifier(text: string): Verifier {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    try {
      const verifier = parseVkey(text);
      this.#known.set(text, verifier);
      return verifier;
    } catch (cause) {
      throw new StoreError('STORE_CORRUPT', 'the verifier key of the log can not be read', { cause });
    }
  }
}
