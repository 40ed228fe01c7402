/** Stands for an answer that did not come in time. */
export const LATE: unique symbol = Symbol('late');

/** What a promise gives, or {@link LATE} after so many milliseconds; then the promise is the caller's to follow. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  const { promise: late, resolve } = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => resolve(LATE), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
