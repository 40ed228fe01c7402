type Key = string | number | boolean | undefined;
type Level<V> = Map<Key, Level<V> | V>;

/**
 * A map whose keys are paths of short values, none the beginning of another. Joining them to one string would make a new
 * string each time, whose hash has to be computed; those of the parts are known already.
 */
export class PathMap<V> {
  #root: Level<V> = new Map();
  /** How many values there are. */
  size = 0;

  get(path: readonly Key[]): V | undefined {
    const last = path.length - 1;
    let at: Level<V> | undefined = this.#root;
    for (let i = 0; i < last && at !== undefined; i++) at = at.get(path[i]) as Level<V> | undefined;
    return at?.get(path[last]) as V | undefined;
  }

  set(path: readonly Key[], value: V): void {
    const last = path.length - 1;
    let at = this.#root;
    for (let i = 0; i < last; i++) {
      let next = at.get(path[i]) as Level<V> | undefined;
      if (next === undefined) {
        next = new Map();
        at.set(path[i], next);
      }
      at = next;
    }
    const before = at.size;
    at.set(path[last], value);
    this.size += at.size - before;
  }

  delete(path: readonly Key[]): void {
    const last = path.length - 1;
    let at: Level<V> | undefined = this.#root;
    for (let i = 0; i < last; i++) at = at?.get(path[i]) as Level<V> | undefined;
    if (at?.delete(path[last]) === true) this.size--;
  }

  clear(): void {
    this.#root = new Map();
    this.size = 0;
  }
}
