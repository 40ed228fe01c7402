import type { CompiledActivity } from '../register/compile.ts';
import type { AccessEvent, NormalizedEvent, NormalizedSubject } from './types.ts';

/** A checked event with its defaults applied. Empty texts say nothing and are left out. */
export function normalize(
  event: AccessEvent,
  activity: CompiledActivity,
  subjects: readonly NormalizedSubject[],
  fields: readonly string[],
  flags: readonly string[],
): NormalizedEvent {
  const { actor, action, onBehalfOf, trace } = event;
  return {
    id: event.id,
    occurred: event.occurred,
    action,
    activity,
    operation: event.operation ?? activity.operations[action],
    service: event.service,
    outcome: event.outcome ?? 'success',
    actorKind: actor.kind,
    actorType: actor.type ?? actor.kind,
    actorId: actor.id,
    actorRole: actor.role,
    ip: actor.ip || undefined,
    userAgent: actor.userAgent || undefined,
    onBehalfOf: onBehalfOf && { type: onBehalfOf.type, id: onBehalfOf.id },
    subjects,
    fields,
    recipient: event.recipient,
    case: event.case,
    confidential: event.confidential ?? false,
    reason: event.reason || undefined,
    trace: trace && { trace: trace.trace, span: trace.span },
    flags: flags.length === 0 ? undefined : flags,
    of: event.of === undefined ? undefined : event.of + 0,
  };
}
