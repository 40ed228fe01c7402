/** Under which activities of the register imported records fall. */
export interface ActivityMapping {
  /** For everything that `map` does not name. `imported` of the built-in register unless given. */
  readonly default?: string;
  /**
   * FHIR: by code of the purpose (`TREAT`, or `system|code`). CloudTrail: by operation
   * (`secretsmanager.get-secret-value`) or by service (`secretsmanager`).
   */
  readonly map?: Readonly<Record<string, string>>;
}

const DEFAULT_ACTIVITY = 'imported';

/** The activity of the first key that is mapped, else the default. */
export function activityOf(mapping: ActivityMapping | undefined, keys: readonly string[]): string {
  const map = mapping?.map ?? {};
  const key = keys.find((candidate) => Object.hasOwn(map, candidate));
  return (key === undefined ? undefined : map[key]) ?? mapping?.default ?? DEFAULT_ACTIVITY;
}
