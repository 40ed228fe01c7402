import { NoteError, openCheckpoint, parseVkey, readHead, type SignedHead, type Verifier } from '@zegel/core';
import { keysAfter, type Rotation } from '../store/entry-facts.ts';
import { bodyOf, controlsFrom, type EntrySource } from './control-chain.ts';

/** The keys by which checkpoints of a log are known: that of its genesis, or the one given, and later ones. */
export class LogKeys {
  readonly origin: string;
  readonly #log: EntrySource;
  readonly #control: number;
  readonly #vkey: string;
  readonly #verifiers: Verifier[];
  #hasAll = false;

  private constructor(log: EntrySource, control: number, vkey: string) {
    const verifier = parseVkey(vkey);
    this.#vkey = vkey;
    this.origin = verifier.name;
    this.#log = log;
    this.#control = control;
    this.#verifiers = [verifier];
  }

  /** @param vkey kept elsewhere; left out, the one that the genesis names, the log's own word */
  static async of(log: EntrySource, control: number, vkey?: string): Promise<LogKeys> {
    return new LogKeys(log, control, vkey ?? String((await bodyOf(log, 0))['vkey']));
  }

  /** What a checkpoint of this log says. @throws NoteError, FormatError when no key of the log has signed it, or it is none */
  async open(note: Uint8Array | string): Promise<SignedHead> {
    try {
      openCheckpoint(note, this.#verifiers);
    } catch (cause) {
      if (!(cause instanceof NoteError) || this.#hasAll) throw cause;
      await this.#learnAll();
      openCheckpoint(note, this.#verifiers);
    }
    return readHead(note);
  }

  /** Keys that came by rotation (format v1 §2); seldom any, so that they are sought only when one is missed. */
  async #learnAll(): Promise<void> {
    const rotations: Rotation[] = [];
    for await (const { body } of controlsFrom(this.#log, this.#control, 1))
      if (body['kind'] === 'key')
        rotations.unshift({ vkey: String(body['vkey']), signature: String(body['signature']) });
    const known = keysAfter(this.origin, [this.#vkey], rotations);
    this.#verifiers.push(...known.slice(1).map((vkey) => parseVkey(vkey)));
    this.#hasAll = true;
  }
}
