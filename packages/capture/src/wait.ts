/** Stands for an answer that did not come in time. */
export const LATE: unique symbol = Symbol('late');

/** What a promise gives, or {@link LATE} after so many milliseconds; then the promise is the caller's to follow. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
