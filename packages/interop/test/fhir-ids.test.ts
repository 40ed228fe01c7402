import { describe, expect, it } from 'vitest';
import { importFhir } from '../src/fhir/import-fhir.ts';
import { eventOf, r4 } from './fhir-records.ts';

describe('ids of FHIR records', () => {
  it('prefers an absolute fullUrl, then the id, then a urn', () => {
    const id = (record: unknown, fullUrl?: string): unknown => {
      const result = importFhir(record, fullUrl === undefined ? {} : { fullUrl });
      return result.kind === 'mapped' ? result.event.id : result.reason;
    };
    expect(id(r4({}), 'https://a.example/fhir/AuditEvent/a1')).toBe('https://a.example/fhir/AuditEvent/a1');
    expect(id(r4({}), 'urn:uuid:0b5e')).toBe('AuditEvent/a1');
    expect(id(r4({ id: undefined }), 'urn:uuid:0b5e')).toBe('urn:uuid:0b5e');
  });

  it('hashes the canonical record where the source gives none, whatever the order of keys', () => {
    const record = r4({ id: undefined });
    const turned = Object.fromEntries(Object.entries(record).toReversed());
    expect(eventOf(record).id).toMatch(/^sha256:[\w-]{43}$/);
    expect(eventOf(turned).id).toBe(eventOf(record).id);
    expect(eventOf({ ...record, language: 'nl' }).id).not.toBe(eventOf(record).id);
  });
});
