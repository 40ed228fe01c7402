import { encodeBase64url } from '../base64url.ts';
import { equalBytes } from '../bytes.ts';
import type { Report } from '../findings.ts';
import {
  checkHeadSignatures,
  type HeadDuty,
  headNote,
  readHead,
  SIGNATURE_BYTES,
  type SignedHead,
} from './head.ts';
import { type KeyState, neededKeys } from './keys.ts';

/** A checkpoint that somebody kept elsewhere: in a state file, at a witness, on paper. */
export interface HeldCheckpoint {
  /** The signed note. */
  readonly note: string;
  /** Where it was kept, for messages. */
  readonly from: string;
}

/** What trust rests on, and where answers go. */
export interface HeadOptions {
  readonly report: Report;
  readonly held?: readonly HeldCheckpoint[];
  /** Verifier keys kept elsewhere; the log must have one of them. */
  readonly vkeys?: readonly string[];
  /** Takes the signature checks, when the driver does them in another thread with `checkHeadSignatures`. */
  readonly onDuty?: (duty: HeadDuty) => void;
}

/** What is known of stored heads so far. Plain data. */
export interface HeadState {
  newest: SignedHead | undefined;
  /** Whether its root was that of the entries. */
  agrees: boolean;
  /** Size of the largest stored head that lies beyond the entries. */
  beyond: number;
}

type Held = SignedHead & HeldCheckpoint & { readonly origin: string };

/** Before the first head. */
export function newHeads(): HeadState {
  return { newest: undefined, agrees: true, beyond: 0 };
}

/**
 * Compares the heads of a log, in ascending order of size, with what its entries give (format v1
 * §5 Heads). Roots come from whoever streams the entries, at the sizes that {@link wants} names.
 */
export class HeadRule {
  readonly #state: HeadState;
  readonly #keys: KeyState;
  readonly #options: HeadOptions;
  readonly #held: readonly Held[];
  readonly #forks: { readonly held: Held; readonly root: Uint8Array }[] = [];
  #next = 0;

  /** @throws NoteError, FormatError when a held checkpoint is none */
  constructor(state: HeadState, keys: KeyState, options: HeadOptions) {
    this.#state = state;
    this.#keys = keys;
    this.#options = options;
    const held = options.held ?? [];
    this.#held = held.map((one) => ({ ...one, ...readHead(one.note) })).sort((a, b) => a.size - b.size);
  }

  /** The next size at which {@link atSize} must be called, infinite when there is none. */
  wants(): number {
    return this.#held[this.#next]?.size ?? Number.POSITIVE_INFINITY;
  }

  /** Compares the checkpoints held elsewhere that cover exactly `size` entries. */
  atSize(size: number, root: Uint8Array): void {
    for (
      let held = this.#held[this.#next];
      held !== undefined && held.size <= size;
      held = this.#held[++this.#next]
    ) {
      if (held.size === size && this.#counts(held) && !equalBytes(held.root, root))
        this.#forks.push({ held, root });
    }
  }

  /** A stored head of exactly as many entries as were fed, and the root of those. */
  stored(head: SignedHead, root: Uint8Array): void {
    const state = this.#state;
    const before = state.newest?.size ?? 0;
    const agrees = equalBytes(head.root, root);
    // Once the entries give another root every later one differs too: the first says it.
    if (!agrees && state.agrees) {
      const message = `the checkpoint of ${head.size} entries has another root than they give`;
      this.#options.report({ code: 'root-mismatch', index: before, message });
    }
    this.#checkSignatures(head, before);
    state.newest = head;
    state.agrees = agrees;
  }

  /** A stored head of more entries than there are. */
  beyond(size: number): void {
    this.#state.beyond = Math.max(this.#state.beyond, size);
  }

  /** After the last entry and head; `size` entries were fed. */
  finish(size: number): void {
    const own = this.#ownNote();
    for (const { held, root } of this.#forks) this.#tellFork(held, root, own);
    const lost = this.#held.slice(this.#next).filter((held) => this.#counts(held));
    const [shortest] = lost;
    if (shortest !== undefined)
      this.#tellTruncated(size, shortest.size, shortest.from, [shortest.note, ...own]);
    else if (this.#state.beyond > size) this.#tellTruncated(size, this.#state.beyond, 'the log itself', own);
    const signed = this.#state.newest?.size ?? 0;
    if (signed < size && this.#state.beyond <= size) {
      const message = `${size - signed} entries beyond the newest checkpoint`;
      this.#options.report({ code: 'unsigned-tail', index: signed, message });
    }
    this.#checkTrust();
  }

  // Format v1 §5: trust never rests on the log alone. A log that names none of the keys held is another's.
  #checkTrust(): void {
    const { vkeys = [], report } = this.#options;
    if (vkeys.length === 0 || this.#keys.keys.some(({ vkey }) => vkeys.includes(vkey))) return;
    report({
      code: 'signature-unknown',
      index: 0,
      message: 'the log has none of the verifier keys held elsewhere',
    });
  }

  #checkSignatures(head: SignedHead, before: number): void {
    const { origin, keys } = this.#keys;
    if (origin === undefined) return;
    const needed = neededKeys(this.#keys, before, head.size);
    const retired = keys.map(({ vkey }) => vkey).filter((vkey) => !needed.includes(vkey));
    const duty: HeadDuty = { origin, head, before, needed, retired };
    if (this.#options.onDuty !== undefined) {
      this.#options.onDuty(duty);
      return;
    }
    const finding = checkHeadSignatures(duty);
    if (finding !== undefined) this.#options.report(finding);
  }

  // Held checkpoints belong to an origin. One whose signature fails under a known key is no evidence of anything.
  #counts(held: Held): boolean {
    const { origin, keys } = this.#keys;
    if (origin === undefined || held.origin !== origin) return false;
    const retired = [...keys.map(({ vkey }) => vkey), ...(this.#options.vkeys ?? [])];
    const problem = checkHeadSignatures({ origin, head: held, before: 0, needed: [], retired });
    if (problem?.code !== 'signature-bad') return true;
    this.#options.report({
      code: 'signature-bad',
      message: `the checkpoint from ${held.from}: ${problem.message}`,
    });
    return false;
  }

  #tellFork(held: Held, root: Uint8Array, own: readonly string[]): void {
    const message = `the first ${held.size} entries have root ${encodeBase64url(root)}, not that of the checkpoint from ${held.from}`;
    this.#options.report({
      code: 'forked',
      index: Math.max(held.size - 1, 0),
      message,
      notes: [held.note, ...own],
    });
  }

  #tellTruncated(size: number, expected: number, from: string, notes: readonly string[]): void {
    const message = `${size} entries; a checkpoint from ${from} covers ${expected}`;
    this.#options.report({ code: 'truncated', index: size, message, notes });
  }

  #ownNote(): readonly string[] {
    const { origin } = this.#keys;
    const head = this.#state.newest;
    if (origin === undefined || head === undefined || head.signatures.length < SIGNATURE_BYTES) return [];
    return [headNote(origin, head)];
  }
}
