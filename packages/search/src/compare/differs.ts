import type { Finding } from '@zegel/core';

/** The finding `index-differs`; `index` is the first entry concerned, left out when it is the index as a whole. */
export function differs(index: number | undefined, message: string): Finding {
  return { code: 'index-differs', ...(index === undefined ? {} : { index }), message };
}
