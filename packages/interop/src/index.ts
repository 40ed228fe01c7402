/**
 * Records of other systems, told as accesses: pure mappers and a streaming reader. Nothing here
 * knows a log or a store.
 *
 * @module
 */
export type { ActivityMapping } from './activity.ts';
export { type CloudTrailOptions, importCloudTrail } from './cloudtrail/import-cloudtrail.ts';
export { type FhirOptions, importFhir } from './fhir/import-fhir.ts';
export { type ImportedEvent, type ImportOptions, type ImportRefusal, importStream } from './import-stream.ts';
export type { Mapped, Refused } from './outcome.ts';
export { hasDuplicateKey } from './read/duplicate-key.ts';
export type { SourceFormat } from './read/elements.ts';
export { DEFAULT_LIMITS, type ReadLimits } from './read/limits.ts';
export { type Line, splitLines } from './read/lines.ts';
export { type Parsed, parseJson } from './read/parse-json.ts';
export { type ReadError, type ReadOptions, type ReadRecord, readRecords } from './read/read-records.ts';
