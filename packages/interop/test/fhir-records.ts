import type { AccessEvent } from '@zegel/log';
import { importFhir } from '../src/fhir/import-fhir.ts';

export const INTERACTION = 'http://hl7.org/fhir/restful-interaction';
export const DICOM_SYSTEM = 'http://dicom.nema.org/resources/ontology/DCM';

/** Without the keys whose value is undefined: JSON has none. */
function json(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(record)) as Readonly<Record<string, unknown>>;
}

/** A read of an observation by a practitioner, as R4 writes it, with changes. */
export function r4(change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return json({
    resourceType: 'AuditEvent',
    id: 'a1',
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [{ system: INTERACTION, code: 'read' }],
    action: 'R',
    recorded: '2026-03-01T08:00:00Z',
    outcome: '0',
    agent: [
      {
        requestor: true,
        who: { reference: 'Practitioner/p1' },
        network: { address: '192.0.2.7', type: '2' },
      },
    ],
    source: { site: 'ehr.example.org', observer: { reference: 'Device/s1' } },
    entity: [
      { what: { reference: 'Patient/c1' }, role: { code: '1' } },
      { what: { reference: 'Observation/o1' } },
    ],
    ...change,
  });
}

/** The same as R5 writes it. */
export function r5(change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return json({
    resourceType: 'AuditEvent',
    id: 'b1',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' }] },
    ],
    code: { coding: [{ system: INTERACTION, code: 'read' }] },
    action: 'R',
    severity: 'informational',
    occurredDateTime: '2026-03-01T07:59:59.5Z',
    recorded: '2026-03-01T08:00:00Z',
    outcome: { code: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-outcome', code: '0' } },
    authorization: [{ coding: [{ code: 'TREAT' }] }],
    patient: { reference: 'Patient/c1' },
    agent: [
      {
        type: { coding: [{ system: DICOM_SYSTEM, code: '110152' }] },
        requestor: false,
        who: { display: 'ward pc' },
        networkUri: 'urn:ipv6:2001:db8::7',
      },
      { requestor: true, who: { reference: 'PractitionerRole/p1' }, role: [{ coding: [{ code: 'nurse' }] }] },
    ],
    source: { site: { display: 'EHR Noord' }, observer: { reference: 'Device/s1' } },
    entity: [{ what: { reference: 'Observation/o1' }, role: { coding: [{ code: '4' }] } }],
    ...change,
  });
}

/** The event of a record that must map. */
export function eventOf(record: unknown): AccessEvent {
  const result = importFhir(record);
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.event;
}

/** The reason of a record that must not. */
export function reasonOf(record: unknown): string {
  const result = importFhir(record);
  return result.kind === 'refused' ? result.reason : 'mapped';
}
