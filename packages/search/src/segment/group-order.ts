import type { Group } from './draft.ts';

/** Groups by person, role and handles. First parted by a byte of the key: short lists sort faster than one long one. */
export function sortGroups(groups: readonly Group[]): Group[] {
  const parts: Group[][] = Array.from({ length: 256 }, () => []);
  for (const group of groups) parts[group.person.charCodeAt(0)]?.push(group);
  return parts.flatMap((part) => part.sort(compareGroups));
}

function compareGroups(a: Group, b: Group): number {
  if (a.person !== b.person) return a.person < b.person ? -1 : 1;
  if (a.role !== b.role) return a.role - b.role;
  return a.handles < b.handles ? -1 : 1;
}

/** A key that no two groups share. */
export function groupKey({ person, role, handles }: Group): string {
  return person + String.fromCharCode(role) + handles;
}

/** Joins groups that are alike, the later positions after the earlier ones. */
export function joinGroups(groups: readonly Group[]): Group[] {
  const joined = new Map<string, Group>();
  for (const group of groups) {
    const key = groupKey(group);
    const known = joined.get(key);
    if (known === undefined) joined.set(key, { ...group });
    else known.positions = known.positions.concat(group.positions);
  }
  return [...joined.values()];
}
