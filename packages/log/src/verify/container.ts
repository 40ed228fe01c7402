import type { Finding } from '@zegel/core';
import type { LogStore } from '../port.ts';
import { parseRegister } from '../register/parse.ts';
import { shortestTerms } from '../register/terms.ts';
import { registersBack } from '../register-chain.ts';

/** Looks at the container of a log. What is locked no longer than the log's own register allows is locked well. */
export async function inspectContainer(
  store: LogStore,
  extent: 'whole' | 'outline',
): Promise<readonly Finding[]> {
  const terms = extent === 'whole' ? await termsEver(store) : {};
  const found = await store.inspect(extent, terms);
  return found.map((one) =>
    typeof one === 'string'
      ? { code: 'store-damaged', message: one }
      : { code: one.code, message: one.remark },
  );
}

/**
 * The shortest term, ms, that each activity has in any version of the register that a log holds. Whatever locked its entries
 * went by one of them. What can't be read bounds nothing here: the checks of the entries say what is wrong with it.
 */
async function termsEver(store: LogStore): Promise<Readonly<Record<string, number>>> {
  const shortest = new Map<string, number>();
  try {
    const head = await store.head();
    if (head === undefined) return {};
    for await (const { text } of registersBack(store, head.control))
      for (const [activity, term] of Object.entries(shortestTerms(parseRegister(JSON.parse(text)))))
        shortest.set(activity, Math.min(term, shortest.get(activity) ?? Number.POSITIVE_INFINITY));
  } catch {
    // Damage, which is a finding elsewhere.
  }
  return Object.fromEntries(shortest);
}
