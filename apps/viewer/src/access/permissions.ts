/** What somebody who is signed in may be. */
export const ROLES = ['auditor', 'privacy', 'security', 'admin'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** What the viewer can be asked for. */
export type Permission =
  | 'search'
  | 'entry'
  | 'proof'
  | 'person'
  | 'reveal'
  | 'review'
  | 'export'
  | 'integrity'
  | 'verify'
  | 'users'
  | 'tokens'
  | 'metrics'
  | 'account';

/** Who may do what. Somebody may have several roles; without any, nothing but their own account. */
export const PERMISSIONS: Readonly<Record<Permission, readonly Role[]>> = {
  search: ['auditor', 'privacy', 'security'],
  entry: ['auditor', 'privacy', 'security'],
  proof: ['auditor', 'privacy', 'security'],
  person: ['auditor', 'privacy'],
  reveal: ['privacy'],
  review: ['auditor', 'privacy'],
  export: ['auditor', 'privacy'],
  integrity: ['auditor', 'privacy', 'security', 'admin'],
  verify: ['auditor', 'security'],
  users: ['admin'],
  tokens: ['admin'],
  metrics: ['security', 'admin'],
  account: ROLES,
};

/** Whether roles allow something. */
export function may(roles: ReadonlySet<Role>, permission: Permission): boolean {
  return PERMISSIONS[permission].some((role) => roles.has(role));
}
