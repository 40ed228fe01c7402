import { type CompiledRegister, isProblems, type Problem, validateEvent } from '@zegel/log';
import type { CheckedDeclaration, Declaration } from './declaration.ts';
import { CaptureError } from './errors.ts';

const KEYS: ReadonlySet<string> = new Set<keyof Declaration>([
  'action',
  'fields',
  'operation',
  'recipient',
  'confidential',
  'reason',
  'case',
]);

/**
 * Holds a declaration against its register.
 *
 * @throws CaptureError `DECLARATION_INVALID` with every problem at once
 */
export function checkDeclaration(
  register: CompiledRegister,
  service: string,
  activity: string,
  declaration: Declaration,
): CheckedDeclaration {
  const unknown = Object.keys(declaration)
    .filter((key) => !KEYS.has(key))
    .map((key): Problem => ({ path: `/${key}`, message: 'is an unknown key' }));
  const known = Object.fromEntries(Object.entries(declaration).filter(([key]) => KEYS.has(key)));
  const event = { ...known, activity, service, actor: { kind: 'anonymous' }, subjects: [] };
  const checked = validateEvent(register, event);
  if (isProblems(checked)) throw invalid(activity, [...unknown, ...checked]);
  if (unknown.length > 0) throw invalid(activity, unknown);
  const { fields } = checked;
  const { action, recipient, confidential = false, reason, case: scope } = declaration;
  return Object.freeze({
    ...declaration,
    fields: Object.freeze(fields),
    activity,
    policy: checked.activity.policy,
    compiled: checked.activity,
    key: JSON.stringify([activity, action, fields, recipient, confidential, reason, scope]),
  });
}

/** The error for an activity's declaration or event with these problems. */
export function invalid(activity: string, problems: readonly Problem[]): CaptureError {
  const list = problems.map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  return new CaptureError('DECLARATION_INVALID', `an access under ${activity}: ${list.join('; ')}`, {
    activity,
    problems,
  });
}
