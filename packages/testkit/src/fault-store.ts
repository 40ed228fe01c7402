import type { LogStore } from '@zegel/log/port';

/** A call to a store: which method, and the how-manieth call of it, from 0. */
export interface StoreCall {
  readonly method: keyof LogStore;
  readonly nth: number;
}

/** A failure. `persisted`: the work was done and only its answer was lost. */
export interface Fault {
  readonly persisted: boolean;
  readonly error: Error;
}

/** Decides for each call whether it fails. */
export type FaultPlan = (call: StoreCall) => Fault | undefined;

/** A plan with one fault in it. */
export function faultAt(method: keyof LogStore, nth: number, fault: Fault): FaultPlan {
  return (call) => (call.method === method && call.nth === nth ? fault : undefined);
}

/**
 * A store that fails by plan, each fault in two forms: before the work, or after it. A stream fails
 * before its first chunk, or after its first.
 */
export function faultStore(inner: LogStore, plan: FaultPlan): LogStore {
  const calls = new Map<keyof LogStore, number>();
  const next = (method: keyof LogStore): Fault | undefined => {
    const nth = calls.get(method) ?? 0;
    calls.set(method, nth + 1);
    return plan({ method, nth });
  };
  const call = async <T>(method: keyof LogStore, work: () => Promise<T>): Promise<T> => {
    const fault = next(method);
    if (fault === undefined) return work();
    if (fault.persisted) await work();
    throw fault.error;
  };
  const stream = async function* <T>(
    method: keyof LogStore,
    source: () => AsyncIterable<T>,
  ): AsyncGenerator<T, void> {
    const fault = next(method);
    if (fault !== undefined && !fault.persisted) throw fault.error;
    for await (const chunk of source()) {
      yield chunk;
      if (fault !== undefined) throw fault.error;
    }
  };
  return {
    commit: (build) => call('commit', () => inner.commit(build)),
    head: () => call('head', () => inner.head()),
    heads: (from, to, limit) => call('heads', () => inner.heads(from, to, limit)),
    read: (from, to) => stream('read', () => inner.read(from, to)),
    leafHashes: (from, to) => call('leafHashes', () => inner.leafHashes(from, to)),
    subtrees: (nodes) => call('subtrees', () => inner.subtrees(nodes)),
    findById: (id) => call('findById', () => inner.findById(id)),
    idRows: () => stream('idRows', () => inner.idRows()),
    prune: (cover) => call('prune', () => inner.prune(cover)),
    grown: (size, signal) => call('grown', () => inner.grown(size, signal)),
    inspect: (extent, terms) => call('inspect', () => inner.inspect(extent, terms)),
    close: () => call('close', () => inner.close()),
  };
}
