/** Stands for an answer that did not come in time. */
export const LATE: unique symbol = Symbol('late');

/** What a promise gives, or {@link LATE} after so many milliseconds; then the promise is the caller's to follow. */
export function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(LATE), milliseconds);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
