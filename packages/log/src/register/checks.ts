import { type Problem, pointerToken, quoted } from '../event/problem.ts';

/** Looks at one value of a JSON document and adds what is wrong with it. */
export type Check = (value: unknown, path: string, problems: Problem[]) => void;

/** A plain object, as JSON gives it. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that satisfies `test`; `what` completes the sentence "must be …". */
export function text(what: string, test: (text: string) => boolean): Check {
  return (value, path, problems) => {
    if (typeof value !== 'string' || !value.isWellFormed() || !test(value)) {
      problems.push({ path, message: `must be ${what}` });
    }
  };
}

/** A text that matches a pattern. */
export function matching(what: string, pattern: RegExp): Check {
  return text(what, (value) => pattern.test(value));
}

/** One of a closed list of texts. */
export function oneOf(choices: readonly string[]): Check {
  return text(`one of ${choices.join(', ')}`, (value) => choices.includes(value));
}

export const boolean: Check = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push({ path, message: 'must be true or false' });
};

/** A list without duplicates of at least `least` items. */
export function list(item: Check, least = 0): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ path, message: 'must be a list' });
      return;
    }
    if (value.length < least) problems.push({ path, message: 'must not be empty' });
    const seen = new Set<string>();
    for (const [at, element] of value.entries()) {
      item(element, `${path}/${at}`, problems);
      const repeated = typeof element === 'string' && seen.size === seen.add(element).size;
      if (repeated) problems.push({ path: `${path}/${at}`, message: `repeats ${quoted(element)}` });
    }
  };
}

/** An object with a closed set of keys. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, path, problems) => {
    if (!isObject(value)) {
      problems.push({ path, message: 'must be an object' });
      return;
    }
    for (const key of Object.keys(required)) {
      if (!Object.hasOwn(value, key)) problems.push({ path, message: `lacks ${quoted(key)}` });
    }
    for (const [key, member] of Object.entries(value)) {
      const check = checks.get(key);
      if (check) check(member, `${path}/${key}`, problems);
      else problems.push({ path: `${path}/${pointerToken(key)}`, message: 'is an unknown key' });
    }
  };
}

/** An object whose keys are names of a kind, each with a value of one shape. */
export function record(what: string, keys: (key: string) => boolean, member: Check, least = 0): Check {
  return (value, path, problems) => {
    if (!isObject(value)) {
      problems.push({ path, message: 'must be an object' });
      return;
    }
    const entries = Object.entries(value);
    if (entries.length < least) problems.push({ path, message: 'must not be empty' });
    for (const [key, element] of entries) {
      const here = `${path}/${pointerToken(key)}`;
      if (!keys(key)) problems.push({ path: here, message: `is not a key: must be ${what}` });
      member(element, here, problems);
    }
  };
}

/** The text `*`, or what `check` accepts. */
export function anyOr(check: Check): Check {
  return (value, path, problems) => {
    if (value !== '*') check(value, path, problems);
  };
}
