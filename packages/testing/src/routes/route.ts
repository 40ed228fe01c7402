/** A route as its framework tells it. */
export interface Route {
  /** Upper case; `ALL` for any. */
  readonly method: string;
  /** Its pattern; begins with `…` where the framework does not tell what it is mounted under. */
  readonly path: string;
  /** Whether it, or what stands before it, says that it is audited or why it need not be. */
  readonly isMarked: boolean;
}

/** Under which adapters mark what `audited` and `unaudited` made. */
const MARK = Symbol.for('zegel.audited');

/** Whether a function was made by `audited` or `unaudited`, or a list holds one that was. */
export function isMarked(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isMarked);
  return typeof value === 'function' && member(value, MARK) !== undefined;
}

/** A property of anything. */
export function member(value: unknown, key: PropertyKey): unknown {
  const has = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return has ? (Reflect.get(value, key) as unknown) : undefined;
}

/** A list, or nothing. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
