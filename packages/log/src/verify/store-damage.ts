import { ZegelError } from '@zegel/core';

/** What a store says that can't read itself. @throws the cause when it is anything else */
export function storeDamage(cause: unknown): { readonly message: string; readonly index?: number } {
  if (!(cause instanceof ZegelError) || !('code' in cause) || cause.code !== 'STORE_CORRUPT') throw cause;
  const { message } = cause;
  return 'index' in cause && typeof cause.index === 'number' ? { message, index: cause.index } : { message };
}
