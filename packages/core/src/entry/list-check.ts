import { type Check, malformed, within } from './problem.ts';

/** A check of a list, item by item. With `filled`, an empty list is refused: absence says the same. */
export function listOf(item: Check, options: { readonly filled?: boolean } = {}): Check {
  const filled = options.filled === true;
  return (value) => {
    if (!Array.isArray(value)) return NOT_A_LIST;
    if (filled && value.length === 0) return EMPTY;
    for (let i = 0; i < value.length; i++) {
      const problem = item(value[i]);
      if (problem !== undefined) return within(`[${i}]`, problem);
    }
    return undefined;
  };
}

/** A list of strings or of numbers that is a set: ascending (strings by UTF-16 code units), nothing twice. */
export function setOf(item: Check, options: { readonly filled?: boolean } = {}): Check {
  const list = listOf(item, options);
  return (value) => {
    const problem = list(value);
    if (problem !== undefined) return problem;
    const items = value as readonly (string | number)[];
    for (let i = 1; i < items.length; i++) if (!isAbove(items[i], items[i - 1])) return NOT_A_SET;
    return undefined;
  };
}

function isAbove(item: string | number | undefined, before: string | number | undefined): boolean {
  return item !== undefined && before !== undefined && item > before;
}

const NOT_A_LIST = malformed('must be a list');
const EMPTY = malformed('must not be empty');
const NOT_A_SET = malformed('must be in ascending order without repeats');
