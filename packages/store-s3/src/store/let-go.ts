/** Smaller buffers may be shared with others (those of a pool), and are not worth it. */
const LEAST = 2 ** 20;

/**
 * Gives the memory of a buffer back at once: what is read by the gigabyte would else wait for a collector that counts
 * objects and not what hangs on them. Nobody may look at it afterwards.
 */
export function letGo(buffer: ArrayBufferLike | undefined): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LEAST) buffer.transfer(0);
}
