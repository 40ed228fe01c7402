import { equalBytes, headNote } from '@zegel/core';
import type { StoredHead } from '@zegel/log/port';
import { rootAt } from '../replica/hashes.ts';
import { type Context, trustAt } from './context.ts';
import { isSigned } from './is-signed.ts';

/** The checkpoint of this size that was signed elsewhere, where it is one of this log: signed by a key of it, over the entries there are. */
export async function givenHead(context: Context, size: number): Promise<StoredHead | undefined> {
  const head = await context.signed?.(size);
  if (head === undefined) return undefined;
  const { origin, verifiers } = trustAt(context, context.replica.state());
  const root = context.replica.snapshot((rows) => rootAt(rows, size));
  const isOurs =
    equalBytes(root, head.root) && isSigned(Buffer.from(headNote(origin, head)), origin, verifiers);
  return isOurs ? head : undefined;
}
