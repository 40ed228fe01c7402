import { describe, expect, it } from 'vitest';
import { importFhir } from '../src/fhir/import-fhir.ts';
import { DICOM_SYSTEM, eventOf, INTERACTION, r4, reasonOf } from './fhir-records.ts';

describe('AuditEvent R4', () => {
  it('maps a read by a practitioner', () => {
    expect(importFhir(r4({}))).toEqual({
      kind: 'mapped',
      occurredFrom: 'recorded',
      event: {
        action: 'read',
        operation: 'rest.read',
        activity: 'imported',
        actor: { kind: 'employee', type: 'practitioner', id: 'p1', ip: '192.0.2.7' },
        subjects: [{ type: 'patient', id: 'c1' }],
        fields: ['observation'],
        service: 'ehr.example.org',
        outcome: 'success',
        occurred: '2026-03-01T08:00:00.000Z',
        id: 'AuditEvent/a1',
      },
    });
  });

  it('takes the moment from period.start where it is one, in UTC', () => {
    const exact = importFhir(r4({ period: { start: '2026-03-01T09:30:15.1239+02:00' } }));
    expect(exact).toMatchObject({
      occurredFrom: 'period.start',
      event: { occurred: '2026-03-01T07:30:15.123Z' },
    });
    const day = importFhir(r4({ period: { start: '2026-03-01' } }));
    expect(day).toMatchObject({ occurredFrom: 'recorded', event: { occurred: '2026-03-01T08:00:00.000Z' } });
  });

  it.each([
    ['vread', 'R', 'read'],
    ['history-instance', 'R', 'read'],
    ['search-type', 'E', 'search'],
    ['search', 'R', 'search'],
    ['patch', 'U', 'update'],
    ['update', 'C', 'update'],
    ['operation', 'E', 'execute'],
    ['batch', 'E', 'execute'],
  ])('takes the interaction %s with action %s for %s', (code, action, expected) => {
    expect(eventOf(r4({ subtype: [{ system: INTERACTION, code }], action })).action).toBe(expected);
  });

  it.each([
    ['110106', 'R', 'export'],
    ['110112', 'E', 'search'],
    ['110107', undefined, 'create'],
    ['110110', 'U', 'update'],
    ['110122', 'E', 'execute'],
  ])('takes DICOM %s with action %s for %s', (code, action, expected) => {
    expect(eventOf(r4({ type: { system: DICOM_SYSTEM, code }, subtype: [], action })).action).toBe(expected);
  });

  it('gives codes of another system no meaning', () => {
    const record = r4({ subtype: [{ system: 'urn:other', code: 'delete' }], action: 'R' });
    expect(eventOf(record).action).toBe('read');
  });

  it.each([
    ['4', 'error'],
    ['8', 'error'],
    ['12', 'error'],
    [undefined, 'begun'],
  ])('takes outcome %s for %s', (outcome, expected) => {
    expect(eventOf(r4({ outcome })).outcome).toBe(expected);
  });

  it('takes a failed authorization decision for a denial', () => {
    const subtype = [
      { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType', code: 'AuthZ-Consent' },
    ];
    expect(eventOf(r4({ subtype, action: 'E', outcome: '8' })).outcome).toBe('denied');
    expect(eventOf(r4({ subtype, action: 'E', outcome: '0' })).outcome).toBe('success');
  });

  it('maps the purpose to an activity and keeps its code as the reason', () => {
    const record = r4({ purposeOfEvent: [{ coding: [{ system: 'urn:p', code: 'TREAT' }] }] });
    const map = (one: Record<string, string>): unknown =>
      importFhir(record, { activity: { map: one, default: 'general' } });
    expect(map({ TREAT: 'care' })).toMatchObject({ event: { activity: 'care', reason: 'TREAT' } });
    expect(map({ 'urn:p|TREAT': 'care' })).toMatchObject({ event: { activity: 'care' } });
    expect(map({ HPAYMT: 'billing' })).toMatchObject({ event: { activity: 'general' } });
    expect(map({})).toMatchObject({ event: { activity: 'general' } });
  });

  it('keeps the base of an absolute reference and drops its version', () => {
    const what = { reference: 'https://a.example/fhir/Patient/9/_history/2' };
    expect(eventOf(r4({ entity: [{ what }] })).subjects).toEqual([
      { type: 'patient', id: 'https://a.example/fhir/Patient/9' },
    ]);
  });

  it('names a patient by identifier, by a contained resource, or by display', () => {
    const role = { code: '1' };
    const contained = [{ resourceType: 'Patient', id: 'x', identifier: [{ system: 'urn:bsn', value: '7' }] }];
    const entity = [
      { what: { identifier: { system: 'urn:mrn', value: '12' } }, role },
      { what: { reference: '#x' } },
      { what: { display: 'Jan de Vries' }, role },
    ];
    expect(eventOf(r4({ entity, contained })).subjects.map(({ type, id }) => `${type} ${id}`)).toEqual([
      'patient urn:mrn|12',
      'patient urn:bsn|7',
      'patient Jan de Vries',
    ]);
  });

  it('tells related persons from the patient', () => {
    const entity = [{ type: { code: '1' }, role: { code: '10' }, what: { reference: 'RelatedPerson/r1' } }];
    expect(eventOf(r4({ entity })).subjects).toEqual([
      { type: 'related-person', id: 'r1', involvement: 'related' },
    ]);
  });

  it('tells humans, machines and nobody apart', () => {
    const actor = (agent: unknown): unknown => eventOf(r4({ agent: [agent] })).actor;
    expect(actor({ requestor: true, who: { reference: 'Device/d1' } })).toEqual({
      kind: 'system',
      type: 'device',
      id: 'd1',
    });
    const application = { coding: [{ system: DICOM_SYSTEM, code: '110150' }] };
    expect(actor({ requestor: true, who: { display: 'batch' }, type: application })).toEqual({
      kind: 'system',
      id: 'batch',
    });
    expect(actor({ requestor: true, who: { reference: 'Patient/c1' } })).toMatchObject({ kind: 'customer' });
    expect(actor({ requestor: true, altId: 'jan' })).toEqual({ kind: 'employee', id: 'jan' });
    expect(actor({ requestor: true })).toEqual({ kind: 'anonymous' });
    expect(actor({ requestor: false, who: { reference: 'Practitioner/p1' } })).toEqual({ kind: 'anonymous' });
  });

  it('takes for whom it was done from the extension or a delegator', () => {
    const extension = [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/auditevent-OnBehalfOf',
        valueReference: { reference: 'Practitioner/p2' },
      },
    ];
    const asking = { requestor: true, who: { reference: 'Practitioner/p1' } };
    const behalf = { type: 'practitioner', id: 'p2' };
    expect(eventOf(r4({ agent: [{ ...asking, extension }] })).onBehalfOf).toEqual(behalf);
    const delegator = {
      requestor: false,
      type: { coding: [{ code: 'DELEGATOR' }] },
      who: { reference: 'Practitioner/p2' },
    };
    expect(eventOf(r4({ agent: [asking, delegator] })).onBehalfOf).toEqual(behalf);
  });

  it('puts no person and no address in a name that stands in clear', () => {
    const disclose = [
      { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose' },
    ];
    const to = (who: unknown): unknown => ({
      type: { coding: [{ system: DICOM_SYSTEM, code: '110152' }] },
      requestor: false,
      who,
    });
    const recipient = (who: unknown): unknown =>
      eventOf(r4({ subtype: disclose, agent: [to(who)] })).recipient;
    expect(recipient({ reference: 'Organization/hospital-2' })).toBe('organization-hospital-2');
    expect(recipient({ display: 'gw.hospital.example.org' })).toBe('gw-hospital-example-org');
    expect(recipient({ display: 'Jan de Vries' })).toBeUndefined();
    expect(recipient({ display: 'jan.de.vries' })).toBeUndefined();
    expect(recipient({ reference: 'Practitioner/p9' })).toBeUndefined();
    const service = (source: unknown): unknown => eventOf(r4({ source })).service;
    expect(service({ site: '192.0.2.9', observer: { display: 'Jan' } })).toBe('fhir');
    expect(service({ observer: { reference: 'Device/X9' } })).toBe('device-x9');
    expect(service({ site: 'jan@hospital.example' })).toBe('fhir');
  });

  it.each([
    [{ recorded: undefined }, 'recorded is missing'],
    [{ recorded: '2026-02-30T08:00:00Z' }, 'recorded is not an instant'],
    [{ recorded: '2026-03-01T08:00:00' }, 'recorded is not an instant'],
    [{ action: 'X' }, 'action "X" is none of C, R, U, D, E'],
    [{ action: 'D' }, 'action D contradicts the interaction read'],
    [{ action: undefined, subtype: [] }, 'neither action nor a known code says what was done'],
    [{ outcome: '7' }, 'outcome "7" is not a known code'],
    [{ agent: {} }, 'agent is not a list'],
    [{ entity: [{ role: { code: '1' } }] }, 'entity 1 is a person whom nothing identifies'],
    [
      { entity: [{ role: { code: '1' }, what: { reference: 'Encounter/1' } }] },
      'entity 1 is called a person and points to a encounter',
    ],
    [
      { entity: [{ what: { reference: `https://a.example/${'a'.repeat(300)}/Patient/1` } }] },
      'entity 1 is named by more than 256 bytes',
    ],
    [{ category: [] }, 'mixes keys of R4 and R5'],
    [{ entity: [{ reference: { reference: 'Patient/1' } }] }, 'an AuditEvent of a FHIR release before R4'],
  ])('refuses %j', (change, reason) => {
    expect(reasonOf(r4(change))).toBe(reason);
  });

  it('counts bytes, not characters, of who somebody is', () => {
    const entity = (length: number): unknown =>
      r4({ entity: [{ what: { display: '€'.repeat(length) }, role: { code: '1' } }] });
    expect(reasonOf(entity(85))).toBe('mapped');
    expect(reasonOf(entity(86))).toBe('entity 1 is named by more than 256 bytes');
  });

  it('leaves nobody out because his name is no Unicode', () => {
    const record = r4({ agent: [{ requestor: true, who: { display: 'Jan\ud800' } }] });
    expect(reasonOf(record)).toBe('the record has no canonical JSON: not well-formed Unicode');
  });

  it('refuses what is nested without end', () => {
    let deep: unknown = { code: 'read' };
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(reasonOf({ ...r4({}), subtype: deep })).toMatch(/nested deeper/);
  });

  it('takes no purpose for a key that every object has', () => {
    const record = r4({ purposeOfEvent: [{ coding: [{ code: 'constructor' }] }] });
    expect(importFhir(record, { activity: { map: {} } })).toMatchObject({ event: { activity: 'imported' } });
  });

  it('lists all that is wrong at once', () => {
    expect(reasonOf(r4({ recorded: 'x', outcome: 'y' }))).toBe(
      'recorded is not an instant; outcome "y" is not a known code',
    );
  });

  it.each([
    [null],
    [[]],
    [7],
    ['AuditEvent'],
    [{}],
    [{ resourceType: 'Patient' }],
    [{ resourceType: 'AuditEvent' }],
  ])('refuses %j', (value) => {
    expect(importFhir(value).kind).toBe('refused');
  });
});
