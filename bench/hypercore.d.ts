/** What the benchmarks use of hypercore, which brings no types. */
declare module 'hypercore' {
  export default class Hypercore {
    constructor(storage: string);
    ready(): Promise<void>;
    append(blocks: readonly Uint8Array[]): Promise<unknown>;
    close(): Promise<void>;
  }
}
