import { type AccessTemplate, accessTemplate } from '@zegel/core';
import type { NormalizedEvent } from '../event/types.ts';
import { PathMap } from '../path-map.ts';

const MOST = 10_000;
const templates = new PathMap<AccessTemplate>();

/** What tells one template from another; nothing that names a person is kept. */
type Pattern = Pick<
  NormalizedEvent,
  | 'action'
  | 'activity'
  | 'actorKind'
  | 'actorRole'
  | 'confidential'
  | 'fields'
  | 'operation'
  | 'outcome'
  | 'recipient'
  | 'service'
>;

interface Recent {
  readonly pattern: Pattern;
  readonly template: AccessTemplate;
}

/** Slots of the quick look, a power of two. */
const SLOTS = 512;
const recent = new Array<Recent | undefined>(SLOTS).fill(undefined);

/** The texts that all accesses like this one share; made once per pattern, of which a service has few. */
export function templateOf(event: NormalizedEvent, remarks: readonly string[] | undefined): AccessTemplate {
  if (remarks !== undefined || event.flags !== undefined)
    return find(event, [...(event.flags ?? []), ...(remarks ?? [])]);
  const slot = slotOf(event);
  const last = recent[slot];
  if (last !== undefined && isAlike(last.pattern, event)) return last.template;
  const template = find(event, undefined);
  recent[slot] = { pattern: patternOf(event), template };
  return template;
}

/** A number that differs between most patterns of a service and costs next to nothing. */
function slotOf({
  action,
  operation,
  outcome,
  service,
  activity,
  actorRole,
  fields,
}: NormalizedEvent): number {
  let slot = action.charCodeAt(0) + 3 * outcome.length + 5 * service.length + 7 * (actorRole?.length ?? 0);
  slot = slot * 31 + operation.length * 131 + operation.charCodeAt(operation.length - 1);
  slot = slot * 31 + operation.charCodeAt(0) + activity.reference.charCodeAt(0);
  for (const field of fields) slot = slot * 31 + field.charCodeAt(0) + field.length;
  return slot & (SLOTS - 1);
}

function patternOf(event: NormalizedEvent): Pattern {
  const { action, activity, actorKind, actorRole, confidential, fields, operation, outcome } = event;
  const { recipient, service } = event;
  return {
    ...{ action, activity, actorKind, actorRole, confidential },
    ...{ fields, operation, outcome, recipient, service },
  };
}

function isAlike(a: Pattern, b: Pattern): boolean {
  return (
    a.activity === b.activity &&
    a.action === b.action &&
    a.outcome === b.outcome &&
    a.actorKind === b.actorKind &&
    a.actorRole === b.actorRole &&
    a.operation === b.operation &&
    a.service === b.service &&
    a.recipient === b.recipient &&
    a.confidential === b.confidential &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, i) => field === b.fields[i])
  );
}

function find(event: NormalizedEvent, flags: readonly string[] | undefined): AccessTemplate {
  const { activity, action, actorKind, actorRole, operation, outcome, service, recipient, confidential } =
    event;
  const marks = flags ?? [];
  const path = [
    ...[event.fields.length, marks.length], // first, so that no path is the beginning of another
    ...[
      activity.reference,
      action,
      actorKind,
      actorRole,
      operation,
      outcome,
      service,
      recipient,
      confidential,
    ],
    ...event.fields,
    ...marks,
  ];
  const known = templates.get(path);
  if (known !== undefined) return known;
  const template = accessTemplate({
    action,
    activity: activity.reference,
    actorKind,
    ...(actorRole !== undefined && { role: actorRole }),
    confidential,
    fields: event.fields,
    ...(flags && { flags }),
    operation,
    outcome,
    ...(recipient !== undefined && { recipient }),
    service,
  });
  if (templates.size >= MOST) templates.clear();
  templates.set(path, template);
  return template;
}
