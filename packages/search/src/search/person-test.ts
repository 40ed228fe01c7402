import type { PersonTest } from '../query/plan.ts';
import { ROLE, subjectRole } from '../segment/attributes.ts';
import { personPrefix } from '../segment/person-resolver.ts';
import type { IndexVault } from '../vault-port.ts';

/** The characters by which the index knows the person that a test is about. */
export function prefixOf(test: PersonTest, vault: IndexVault): string {
  return test.kind === 'token'
    ? Buffer.from(test.token, 'hex').toString('latin1')
    : personPrefix(vault, test.type, test.id);
}

/** The roles, a bit each, in which a test seeks a person. */
export function rolesOf(test: PersonTest): number {
  if (test.place === 'actor') return 1 << ROLE.actor;
  if (test.place === 'onBehalfOf') return 1 << ROLE.onBehalfOf;
  const role = test.involvement === undefined ? undefined : subjectRole(test.involvement);
  return role === undefined ? (1 << ROLE.target) | (1 << ROLE.shown) | (1 << ROLE.related) : 1 << role;
}
