import { type AccessTemplate, accessTemplate } from '@zegel/core';
import type { NormalizedEvent } from '../event/types.ts';

const MOST = 10_000;
const templates = new Map<string, AccessTemplate>();

/** The texts that all accesses like this one share; made once per pattern, of which a service has few. */
export function templateOf(event: NormalizedEvent, flag: string | undefined): AccessTemplate {
  const flags = flag === undefined ? event.flags : [...(event.flags ?? []), flag];
  const name = `${event.activity.reference} ${event.action} ${event.actorKind} ${event.actorRole ?? ''} ${event.operation} ${event.outcome} ${
    event.service
  } ${event.recipient ?? ''} ${event.confidential ? 'c' : ''} ${event.fields.join()} ${flags === undefined ? '' : flags.join()}`;
  const known = templates.get(name);
  if (known !== undefined) return known;
  const template = accessTemplate({
    action: event.action,
    activity: event.activity.reference,
    actorKind: event.actorKind,
    ...(event.actorRole !== undefined && { role: event.actorRole }),
    confidential: event.confidential,
    fields: event.fields,
    ...(flags && { flags }),
    operation: event.operation,
    outcome: event.outcome,
    ...(event.recipient !== undefined && { recipient: event.recipient }),
    service: event.service,
  });
  if (templates.size >= MOST) templates.clear();
  templates.set(name, template);
  return template;
}
