/** Roles of the register that work in the dashboard. */
export type Role = 'support' | 'planner' | 'finance' | 'marketing' | 'privacy-officer';

/** Someone of the company. */
export interface Employee {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
}

const HEADS: readonly (readonly [Role, readonly string[]])[] = [
  ['support', ['aafke', 'douwe', 'eefje', 'gijs', 'ilse', 'jorrit']],
  ['planner', ['leendert', 'niek', 'veerle']],
  ['finance', ['oeds', 'tjitske']],
  ['marketing', ['quirijn']],
  ['privacy-officer', ['zeger']],
];

/** Everybody who works here. Their ids say nothing about them. */
export const STAFF: readonly Employee[] = HEADS.flatMap(([role, names], group) =>
  names.map((username, n) => ({ id: `e-${(group + 1) * 10 + n + 1}`, username, role })),
);
