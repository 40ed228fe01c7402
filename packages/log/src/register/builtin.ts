import { defineRegister } from './define.ts';
import type { RegisterActivity, RegisterDocument } from './types.ts';

/**
 * The register of a log that was made without one. Its two activities accept any field, role,
 * recipient and type of person. It describes nobody's processing: who runs a log replaces it.
 */
export const builtinRegister: BuiltinRegister = defineRegister({
  controller: { name: 'Not named', contact: 'Not named' },
  // Earlier than any register of one's own, so that every one of those may follow it.
  date: '1970-01-01',
  timezone: 'Europe/Amsterdam',
  persons: '*',
  roles: '*',
  fields: {},
  recipients: '*',
  activities: {
    general: {
      name: { nl: 'Algemeen', en: 'General' },
      purpose: { nl: 'Nog niet beschreven', en: 'Not described yet' },
      basis: 'legitimate-interest',
      fields: '*',
    },
    imported: {
      name: { nl: 'Ingelezen', en: 'Imported' },
      purpose: { nl: 'Overgenomen uit een ander systeem', en: 'Taken over from another system' },
      basis: 'legitimate-interest',
      fields: '*',
    },
  },
  maximum: 'P10Y',
});

interface BuiltinRegister extends RegisterDocument {
  readonly persons: '*';
  readonly roles: '*';
  readonly recipients: '*';
  readonly activities: { readonly general: AnyActivity; readonly imported: AnyActivity };
}

interface AnyActivity extends RegisterActivity {
  readonly fields: '*';
}
