import { describe, expect, it } from 'vitest';
import { importFhir } from '../src/fhir/import-fhir.ts';
import { eventOf, INTERACTION, r5, reasonOf } from './fhir-records.ts';
import { problemsOf } from './shared.ts';

describe('AuditEvent R5', () => {
  it('maps a read by a practitioner', () => {
    const result = importFhir(r5({}));
    expect(result).toEqual({
      kind: 'mapped',
      occurredFrom: 'occurredDateTime',
      event: {
        action: 'read',
        operation: 'rest.read',
        activity: 'imported',
        actor: { kind: 'employee', type: 'practitioner-role', id: 'p1', role: 'nurse', ip: '2001:db8::7' },
        subjects: [{ type: 'patient', id: 'c1' }],
        fields: ['observation'],
        service: 'ehr-noord',
        reason: 'TREAT',
        outcome: 'success',
        occurred: '2026-03-01T07:59:59.500Z',
        id: 'AuditEvent/b1',
      },
    });
    expect(problemsOf(result.kind === 'mapped' ? result.event : undefined)).toEqual([]);
  });

  it('reads category and code in either order', () => {
    const swapped = r5({
      category: [{ coding: [{ system: INTERACTION, code: 'create' }] }],
      code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' }] },
      action: 'C',
    });
    expect(eventOf(swapped)).toMatchObject({ action: 'create', operation: 'rest.create' });
  });

  it.each([
    ['12', 'error'],
    ['error', 'error'],
    ['fatal', 'error'],
    ['warning', 'success'],
    ['success', 'success'],
  ])('takes outcome code %s for %s', (code, expected) => {
    expect(eventOf(r5({ outcome: { code: { code } } })).outcome).toBe(expected);
  });

  it('takes a failure that is forbidden for a denial, and one without a known code for nothing', () => {
    const detail = [{ coding: [{ system: 'http://hl7.org/fhir/issue-type', code: 'forbidden' }] }];
    expect(eventOf(r5({ outcome: { code: { code: '8' }, detail } })).outcome).toBe('denied');
    expect(reasonOf(r5({ outcome: { code: {} } }))).toBe('outcome "" is not a known code');
  });

  it('falls back to the period, then to recorded', () => {
    const period = { occurredDateTime: undefined, occurredPeriod: { start: '2026-03-01T07:00:00Z' } };
    expect(importFhir(r5(period))).toMatchObject({ occurredFrom: 'occurredPeriod.start' });
    expect(importFhir(r5({ occurredDateTime: '2026-03' }))).toMatchObject({ occurredFrom: 'recorded' });
  });

  it('names a patient once who is also an entity, and refuses a patient whom nothing identifies', () => {
    const entity = [{ what: { reference: 'Patient/c1' }, role: { coding: [{ code: '1' }] } }];
    expect(eventOf(r5({ entity })).subjects).toEqual([{ type: 'patient', id: 'c1' }]);
    expect(reasonOf(r5({ patient: {} }))).toBe('patient is a person whom nothing identifies');
  });
});
