import type { CompiledRegister } from '@zegel/log';

/** What the register calls each activity, for free words in queries. */
export function activityNames({ document }: CompiledRegister): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(document.activities).map(([key, { name }]) => [key, [name.nl, name.en]]));
}

/** Name of the activity that an entry states as `key@version`; the key where the register has no other name. */
export function activityName({ document }: CompiledRegister, stated: string, language: 'en' | 'nl'): string {
  const key = stated.split('@', 1)[0] ?? stated;
  const activity = Object.hasOwn(document.activities, key) ? document.activities[key] : undefined;
  return activity?.name[language] ?? key;
}
