import { type Bytes } from './scan-text.ts';

interface Known {
  readonly bytes: Bytes;
  /** Undefined when the fields are not a set in order, so that no such access is sound. */
  readonly scope: string | undefined;
}

const SLOTS = 1024;
const MOST_BYTES = 2048;

/**
 * The scope texts of accesses (see {@link AccessInspection.scope}), of which a log has few. One that is known costs a
 * comparison of bytes; each slot holds the one seen last, so that memory does not grow.
 */
export class ScopeTable {
  readonly #slots: (Known | undefined)[] = Array.from({ length: SLOTS });
  readonly #bytes = new Uint8Array(MOST_BYTES);
  #length = 0;
  #hash = 0;

  /** Starts a scope: the bytes are those of `activity","activity":"…`, the role, the recipient and the list of fields in turn. */
  start(): void {
    this.#length = 0;
    this.#hash = 0;
  }

  /** The next piece of it. */
  add(bytes: Bytes, from: number, to: number): void {
    let hash = this.#hash;
    let length = this.#length;
    for (let at = from; at < to && length < MOST_BYTES; at++) {
      const byte = bytes[at] ?? 0;
      this.#bytes[length++] = byte;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    // No piece holds a 0.
    if (length < MOST_BYTES) this.#bytes[length++] = 0;
    this.#hash = hash;
    this.#length = length;
  }

  /** The text of what was added; undefined when it is of no sound access, or too long to be kept. */
  text(): string | undefined {
    const hash = this.#hash ^ (this.#hash >>> 16) ^ (this.#hash >>> 10);
    const slot = (hash >>> 0) % SLOTS;
    const known = this.#slots[slot];
    if (known !== undefined && this.#is(known.bytes)) return known.scope;
    if (this.#length >= MOST_BYTES) return undefined;
    const bytes = this.#bytes.slice(0, this.#length);
    const scope = scopeOf(Buffer.from(bytes).toString('latin1'));
    this.#slots[slot] = { bytes, scope };
    return scope;
  }

  #is(bytes: Bytes): boolean {
    if (bytes.length !== this.#length) return false;
    for (let i = 0; i < bytes.length; i++) if (bytes[i] !== this.#bytes[i]) return false;
    return true;
  }
}

function scopeOf(text: string): string | undefined {
  const [head = '', role = '', recipient = '', list = ''] = text.split('\0');
  const [action = '', activity = ''] = head.split('","activity":"');
  const fields = list === '' ? [] : list.slice(1, -1).split('","');
  const ordered = fields.every((field, i) => i === 0 || field > (fields[i - 1] ?? ''));
  return ordered ? `${activity} ${action} ${role} ${recipient} ${fields.join(' ')}` : undefined;
}
