import { type Check, malformed, type Problem, within } from './problem.ts';

/** A closed set of keys: what each must hold, and whether it may be left out. */
export type Shape = Readonly<Record<string, Check | { readonly optional: Check }>>;

/** A key that may be left out. */
export function optional(check: Check): { readonly optional: Check } {
  return { optional: check };
}

/**
 * A check of an object with exactly these keys, in ascending order as canonical JSON has them
 * (RFC 8785 §3.2.3). It walks the keys of the value along the sorted keys of the shape, so that
 * order, closedness and values cost one pass, and never goes deeper than the shape does: it
 * is safe on input of any depth.
 */
export function objectOf(shape: Shape): Check {
  const names = Object.keys(shape).sort();
  const entries = names.map((name) => shape[name] as Shape[string]);
  const required = entries.map((entry) => typeof entry === 'function');
  const checks = entries.map((entry) => (typeof entry === 'function' ? entry : entry.optional));
  return (value) => {
    if (!isObject(value)) return NOT_AN_OBJECT;
    let at = 0;
    for (const key in value) {
      while (at < names.length && names[at] !== key)
        if (required[at++]) return misplaced(value, names, at - 1, key);
      const check = checks[at];
      if (check === undefined) return misplaced(value, names, at, key);
      const problem = check(value[key]);
      if (problem !== undefined) return within(key, problem);
      at++;
    }
    while (at < names.length) if (required[at++]) return missing(names[at - 1]);
    return undefined;
  };
}

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOT_AN_OBJECT = malformed('must be an object');

// Off the fast path: tells an unknown key from a missing one and from a wrong order.
function misplaced(
  value: Record<string, unknown>,
  names: readonly string[],
  at: number,
  key: string,
): Problem {
  const stranger = Object.keys(value).find((name) => !names.includes(name));
  if (stranger !== undefined)
    return { code: 'unknown-key', path: '', message: `has no key ${quoted(stranger)}` };
  const wanted = names[at];
  if (wanted !== undefined && !Object.hasOwn(value, wanted)) return missing(wanted);
  return { code: 'not-canonical', path: '', message: `key ${quoted(key)} is out of order` };
}

function missing(name: string | undefined): Problem {
  return malformed(`lacks the key ${quoted(name ?? '')}`);
}

// A key that the format does not know may be long or hold anything.
function quoted(key: string): string {
  return /^[A-Za-z][A-Za-z0-9]{0,30}$/.test(key) ? `"${key}"` : 'that it holds';
}
