import { isHostName, kebab } from '../names.ts';
import type { Named } from './reference.ts';

const SYSTEMS = ['Device', 'Organization', 'HealthcareService', 'Endpoint', 'Location'];

/**
 * A name that may stand in clear, of something that is no person: the last part of a reference to a
 * device or organisation with its type before it, or the name of a machine. A person's name never
 * passes: whatever could be one gives undefined.
 */
export function systemName(name: Named | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (name.by === 'reference' && name.type !== undefined && SYSTEMS.includes(name.type)) {
    return kebab(`${name.type}-${name.id.slice(name.id.lastIndexOf('/') + 1).toLowerCase()}`);
  }
  return isHostName(name.id) ? kebab(name.id.toLowerCase()) : undefined;
}
