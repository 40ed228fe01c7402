import { CaptureError, type RegisterDocument } from '@zegel/capture';

/**
 * What a result column without an origin holds: nothing personal, one field or several, or the id
 * of a person of a type.
 */
export type ExpressionMeaning = null | string | readonly string[] | { readonly person: string };

/**
 * Meanings by the column's name in the result. A key may name the statement's shape before it
 * (`select.customers/total`) and may end in `*`; the longest that fits counts.
 */
export type Expressions = Readonly<Record<string, ExpressionMeaning>>;

/** Looks a result column up: undefined where nobody declared it. */
export type MeaningOf = (operation: string, column: string) => ExpressionMeaning | undefined;

/**
 * Checks meanings against the register.
 *
 * @throws CaptureError `DECLARATION_INVALID` with every unknown field and type of person
 */
export function compileExpressions(expressions: Expressions, register: RegisterDocument): MeaningOf {
  const problems = Object.entries(expressions).flatMap(([key, meaning]) =>
    wrongNames(meaning, register).map((message) => ({ path: `/expressions/${key}`, message })),
  );
  if (problems.length > 0) {
    const told = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw new CaptureError('DECLARATION_INVALID', told, { problems });
  }
  const prefixes = Object.keys(expressions)
    .filter((key) => key.endsWith('*'))
    .toSorted((a, b) => b.length - a.length);
  return (operation, column) => {
    for (const key of [`${operation}/${column}`, column]) {
      if (Object.hasOwn(expressions, key)) return expressions[key];
      const prefix = prefixes.find((each) => key.startsWith(each.slice(0, -1)));
      if (prefix !== undefined) return expressions[prefix];
    }
    return undefined;
  };
}

function wrongNames(meaning: ExpressionMeaning, register: RegisterDocument): readonly string[] {
  if (meaning === null) return [];
  if (typeof meaning === 'object' && 'person' in meaning) {
    const known = register.persons === '*' || register.persons.includes(meaning.person);
    return known ? [] : [`names no type of person of the register: ${meaning.person}`];
  }
  return fieldsOf(meaning)
    .filter((field) => !Object.hasOwn(register.fields, field))
    .map((field) => `names no field of the register: ${field}`);
}

/** The fields that a meaning says are there. */
export function fieldsOf(meaning: ExpressionMeaning): readonly string[] {
  if (meaning === null || (typeof meaning === 'object' && 'person' in meaning)) return [];
  return typeof meaning === 'string' ? [meaning] : meaning;
}
