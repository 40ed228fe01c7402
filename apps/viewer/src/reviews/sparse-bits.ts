const PAGE = 65_536;

/** A set of whole numbers from 0, a bit each, in pages that exist where there is any. */
export class SparseBits {
  readonly #pages = new Map<number, Uint8Array>();

  add(value: number): void {
    const number = Math.floor(value / PAGE);
    let page = this.#pages.get(number);
    if (page === undefined) this.#pages.set(number, (page = new Uint8Array(PAGE / 8)));
    const bit = value % PAGE;
    page[bit >>> 3] = (page[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  has(value: number): boolean {
    const bit = value % PAGE;
    const byte = this.#pages.get(Math.floor(value / PAGE))?.[bit >>> 3] ?? 0;
    return ((byte >>> (bit & 7)) & 1) === 1;
  }
}
