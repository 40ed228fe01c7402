import { existsSync } from 'node:fs';
import type { AccessEvent } from '@zegel/log';
import { describe, expect, it } from 'vitest';
import { filesOf, importAll, problemsOf, sharedFolder, tally } from './shared.ts';

const folder = sharedFolder('fhir-auditevents');
const files = filesOf(folder);

interface Raw {
  readonly resourceType: string;
  readonly action: string;
  readonly outcome: string;
  readonly subtype: readonly { readonly code: string }[];
  readonly entity?: readonly { readonly what?: { readonly reference?: string } }[];
  readonly agent: readonly { readonly requestor: boolean; readonly who?: unknown }[];
}

async function eventsOf(): Promise<ReadonlyMap<string, AccessEvent>> {
  const events = new Map<string, AccessEvent>();
  for (const { name, bytes } of files) {
    for (const one of await importAll('fhir', name, bytes))
      if (one.kind === 'event') events.set(name, one.event);
  }
  return events;
}

// Read from the raw JSON by other means than the mapper's: by file name and letter.
function expectedAction(raw: Raw): string {
  if (raw.subtype.some(({ code }) => code === 'disclose')) return 'disclose';
  if (raw.subtype.some(({ code }) => code.startsWith('search'))) return 'search';
  return { C: 'create', R: 'read', U: 'update', D: 'delete', E: 'execute' }[raw.action] ?? 'unknown';
}

describe.skipIf(!existsSync(folder))('FHIR R4 examples of ../shared', () => {
  const raws = files.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Raw);
  const records = raws.filter((raw) => raw.resourceType === 'AuditEvent');

  it('brings in all 46 and refuses the 5 profiles by name', async () => {
    const results = await Promise.all(files.map(({ name, bytes }) => importAll('fhir', name, bytes)));
    const refusals = results.flat().flatMap((one) => (one.kind === 'refused' ? [one.refused] : []));
    expect(results.flat().filter((one) => one.kind === 'event')).toHaveLength(46);
    expect(records).toHaveLength(46);
    expect(refusals.map(({ reason }) => reason)).toEqual(
      Array(5).fill('StructureDefinition is not an AuditEvent'),
    );
    expect(refusals.every(({ file }) => file.startsWith('StructureDefinition-'))).toBe(true);
  });

  it('counts the actions that the raw records say', async () => {
    const actions = tally([...(await eventsOf()).values()].map(({ action }) => action));
    expect(actions).toEqual({
      create: 8,
      read: 12,
      update: 7,
      delete: 8,
      search: 4,
      disclose: 5,
      execute: 2,
    });
    expect(actions).toEqual(tally(records.map(expectedAction)));
  });

  it('counts the outcomes: one authorization was denied', async () => {
    const outcomes = tally([...(await eventsOf()).values()].map(({ outcome }) => outcome));
    expect(outcomes).toEqual({ success: 45, denied: 1 });
    expect(outcomes['denied']).toBe(records.filter(({ outcome }) => outcome !== '0').length);
  });

  it('names the patients that the raw records name', async () => {
    const events = await eventsOf();
    const named = raws.map(({ entity }) =>
      (entity ?? []).map(({ what }) => what?.reference).filter((one) => one?.startsWith('Patient/') === true),
    );
    const mapped = files.map(({ name }) =>
      (events.get(name)?.subjects ?? []).map(({ id }) => `Patient/${id}`),
    );
    expect(mapped).toEqual(named);
    expect(
      [...events.values()].flatMap(({ subjects }) => subjects).every(({ type }) => type === 'patient'),
    ).toBe(true);
    expect(mapped.flat()).toHaveLength(36);
  });

  it('is anonymous exactly where nobody is named as the requestor', async () => {
    const kinds = tally([...(await eventsOf()).values()].map(({ actor }) => actor.kind));
    const nobody = records.filter(
      ({ agent }) => !agent.some((one) => one.requestor && one.who !== undefined),
    ).length;
    expect(kinds).toEqual({ employee: 46 - 5 - nobody, customer: 5, anonymous: nobody });
  });

  it('gives only events that the log accepts, each with an id of its own', async () => {
    const events = [...(await eventsOf()).values()];
    for (const event of events) expect(problemsOf(event), event.id).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(46);
  });

  it('carries nothing of a query', async () => {
    const text = JSON.stringify([...(await eventsOf()).values()]);
    expect(text).not.toContain('R0VUIH');
    expect(text).not.toContain('_lastUpdated');
  });
});
