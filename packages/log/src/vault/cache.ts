import { PathMap } from '../path-map.ts';

type Path = readonly (string | boolean | undefined)[];

/**
 * A map that keeps at most about `2 * size` of the most recently used values, by two generations: reading a value of
 * the old one moves it to the new one. Cheaper on a hot path than a linked list.
 */
export class RecentMap<V> {
  readonly #size: number;
  #young = new PathMap<V>();
  #old = new PathMap<V>();

  constructor(size: number) {
    this.#size = size;
  }

  get(path: Path): V | undefined {
    const young = this.#young.get(path);
    if (young !== undefined) return young;
    const old = this.#old.get(path);
    if (old !== undefined) this.set(path, old);
    return old;
  }

  set(path: Path, value: V): void {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new PathMap();
    }
    this.#young.set(path, value);
  }

  delete(path: Path): void {
    this.#young.delete(path);
    this.#old.delete(path);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
