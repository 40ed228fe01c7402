import { EventError } from './event/error.ts';
import type { Problem } from './event/problem.ts';
import { LogError } from './errors.ts';
import type { Receipts } from './protocol.ts';
import type { Receipt, Refusal } from './receipt.ts';

const HASH = 43;
const UUID = 36;
const MOST_REQUESTS = 2 ** 31 - 1;

/** An append under way. */
interface Pending {
  readonly ids: readonly (string | undefined)[];
  readonly all: boolean;
  readonly results: (Receipt | Refusal | undefined)[];
  left: number;
  readonly resolve: (results: readonly (Receipt | Refusal)[]) => void;
  readonly reject: (error: Error) => void;
}

/** Requests under way and what has come back for them. */
export class Requests {
  readonly #appends = new Map<number, Pending>();
  readonly #others = new Map<number, { resolve: (value: number) => void; reject: (error: Error) => void }>();
  #last = 0;
  /** Events sent and not yet answered. */
  events = 0;

  get active(): boolean {
    return this.#appends.size > 0 || this.#others.size > 0;
  }

  /** Registers an append of so many events, each with its caller's id where it has one. */
  append(
    ids: readonly (string | undefined)[],
    all: boolean,
  ): { readonly request: number; readonly results: Promise<readonly (Receipt | Refusal)[]> } {
    const request = this.#next();
    const { promise, resolve, reject } = Promise.withResolvers<readonly (Receipt | Refusal)[]>();
    const results = new Array<Receipt | Refusal | undefined>(ids.length).fill(undefined);
    this.#appends.set(request, { ids, all, results, left: ids.length, resolve, reject });
    this.events += ids.length;
    return { request, results: promise };
  }

  /** Registers something else that answers with a number. */
  other(): { readonly request: number; readonly value: Promise<number> } {
    const request = this.#next();
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#others.set(request, { resolve, reject });
    return { request, value: promise };
  }

  /** Requests travel as int32: a writer that runs for months begins anew. */
  #next(): number {
    do this.#last = this.#last === MOST_REQUESTS ? 1 : this.#last + 1;
    while (this.#appends.has(this.#last) || this.#others.has(this.#last));
    return this.#last;
  }

  /** Takes in the receipts of rows `from` to `to`. */
  receipts(r: Receipts, from: number, to: number): void {
    for (let i = from; i < Math.min(to, r.requests.length); i++) {
      const request = r.requests[i] ?? 0;
      const pending = this.#appends.get(request);
      if (pending === undefined) continue;
      const position = r.positions[i] ?? 0;
      const entry = r.entries.slice(i * UUID, (i + 1) * UUID);
      pending.results[position] = {
        id: pending.ids[position] ?? entry,
        entry,
        index: r.indexes[i] ?? 0,
        count: r.counts[i] ?? 1,
        leafHash: r.leafHashes.slice(i * HASH, (i + 1) * HASH),
        durable: 'log',
      };
      if (--pending.left === 0) this.#settle(request, pending);
    }
  }

  refused(
    request: number,
    refusals: readonly {
      readonly position: number;
      readonly code: string;
      readonly problems: readonly Problem[];
    }[],
  ): void {
    const pending = this.#appends.get(request);
    if (pending === undefined) return;
    if (pending.all) {
      this.failed(request, refusalError(refusals, pending.ids.length > 1));
      return;
    }
    for (const { position, code, problems } of refusals)
      pending.results[position] = { refused: code, problems };
    pending.left -= refusals.length;
    if (pending.left === 0) this.#settle(request, pending);
  }

  done(request: number, value: number): void {
    this.#others.get(request)?.resolve(value);
    this.#others.delete(request);
  }

  failed(request: number, error: Error): void {
    const pending = this.#appends.get(request);
    if (pending !== undefined) {
      this.#appends.delete(request);
      this.events -= pending.ids.length;
      pending.reject(error);
    }
    this.#others.get(request)?.reject(error);
    this.#others.delete(request);
  }

  broken(error: Error): void {
    for (const request of [...this.#appends.keys(), ...this.#others.keys()]) this.failed(request, error);
  }

  #settle(request: number, pending: Pending): void {
    this.#appends.delete(request);
    this.events -= pending.ids.length;
    pending.resolve(pending.results.filter((r) => r !== undefined));
  }
}

/** One error for all that is refused in an all-or-none append. */
function refusalError(
  refusals: readonly { position: number; code: string; problems: readonly Problem[] }[],
  several: boolean,
): Error {
  const [first] = refusals;
  const problems = refusals.flatMap((r) =>
    r.problems.map((p) => (several ? { ...p, path: `/${r.position}${p.path}` } : p)),
  );
  if (first?.code === 'ID_CONFLICT')
    return new LogError(
      'ID_CONFLICT',
      `an id stands in the log already, for another event (event ${first.position})`,
    );
  return new EventError(problems, several ? first?.position : undefined);
}
