/**
 * Reading a log for people: entries with their persons, in plain words, and the entry that every reading leaves behind.
 *
 * @module
 */

// Entries and their persons
export { type MentionMap, mentionsOf, openSealed } from './event-parts.ts';
export { isKnown, type Person, personOf, type Unknown } from './person.ts';
export {
  type EntryObject,
  type Mentions,
  parseBody,
  POSITION,
  type ShownEntry,
  showEntry,
  type Showing,
} from './shown-entry.ts';

// The entry of a reading
export { type Consultation, recordConsultation } from './consultation.ts';
export { ReadingError } from './reading-error.ts';

// In words
export { activityName, activityNames } from './activity-names.ts';
export { KIND_NAMES } from './kind-names.ts';
export type { Language } from './language.ts';
export { localTime, zonedTime } from './local-time.ts';
export { oneLine, visible } from './one-line.ts';
export { actorText, listText, personText, roleOf, subjectTexts } from './persons-text.ts';
export { plainText } from './plain-text.ts';
export { problemsText } from './problems-text.ts';
export { sentence } from './sentence.ts';
export { WORDS, type Words } from './words.ts';

// As a table
export { CSV_COLUMNS, csvCells, csvLine } from './csv.ts';
