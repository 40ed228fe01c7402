type Json = Readonly<Record<string, unknown>>;

/** The keywords of JSON Schema that the API's description uses; another is a mistake in it. */
const KNOWN = new Set([
  ...['$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'oneOf', 'const', 'enum'],
  ...['pattern', 'format', 'minimum', 'maximum', 'minLength', 'maxLength', 'description', 'default'],
]);

/** What is wrong with a value by a schema, each with its place; an empty list where it fits. */
export function misfits(value: unknown, schema: unknown, root: Json, at = ''): readonly string[] {
  const asked = schema as Json;
  const unknown = Object.keys(asked).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) return [`${at}: unknown keywords ${unknown.join(', ')}`];
  if (typeof asked['$ref'] === 'string') return misfits(value, resolve(asked['$ref'], root), root, at);
  if ('oneOf' in asked) return oneOf(value, asked['oneOf'] as readonly unknown[], root, at);
  if ('const' in asked && value !== asked['const']) return [`${at}: is not ${String(asked['const'])}`];
  const type = asked['type'] as string | undefined;
  if (type !== undefined && !isOf(value, type)) return [`${at}: is no ${type}`];
  return [
    ...(typeof value === 'string' &&
    typeof asked['pattern'] === 'string' &&
    !new RegExp(asked['pattern']).test(value)
      ? [`${at}: does not match`]
      : []),
    ...(typeof value === 'number' && value < Number(asked['minimum'] ?? value)
      ? [`${at}: is too small`]
      : []),
    ...(Array.isArray(value) && 'items' in asked
      ? value.flatMap((each, i) => misfits(each, asked['items'], root, `${at}/${i}`))
      : []),
    ...(type === 'object' ? members(value as Json, asked, root, at) : []),
  ];
}

function members(value: Json, asked: Json, root: Json, at: string): readonly string[] {
  const properties = (asked['properties'] ?? {}) as Json;
  const required = (asked['required'] ?? []) as readonly string[];
  return [
    ...required.filter((key) => !(key in value)).map((key) => `${at}/${key}: is missing`),
    ...Object.keys(value)
      .filter((key) => !(key in properties) && asked['additionalProperties'] === false)
      .map((key) => `${at}/${key}: is not described`),
    ...Object.entries(properties)
      .filter(([key]) => key in value)
      .flatMap(([key, each]) => misfits(value[key], each, root, `${at}/${key}`)),
  ];
}

function oneOf(value: unknown, all: readonly unknown[], root: Json, at: string): readonly string[] {
  const each = all.map((one) => misfits(value, one, root, at));
  return each.filter((wrong) => wrong.length === 0).length === 1
    ? []
    : [`${at}: is not one of them`, ...each.flat()];
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function resolve(ref: string, root: Json): unknown {
  const names = ref.replace('#/', '').split('/');
  const found = names.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], root);
  if (found === undefined) throw new Error(`${ref} is nowhere`);
  return found;
}
