/**
 * What the tests of this project share: the conformance suite of stores, stores that check and stores
 * that fail, a clock that stands still, arbitrary events. Not published.
 *
 * @module
 */
export {
  type AccessEventInput,
  accessEvent,
  type EventPerson,
  identifier,
  operationName,
  type RegisterNames,
} from './access-event.ts';
export { type BatchParts, batchAfter, SUITE_SIGNER, someEntries } from './batch.ts';
export { type FakeClock, fakeClock } from './fake-clock.ts';
export { type Fault, type FaultPlan, faultAt, faultStore, type StoreCall } from './fault-store.ts';
export { MemoryPlace } from './memory-place.ts';
export { MemoryStoreError, type MemoryStoreOptions, memoryStore } from './memory-store.ts';
export { storeSuite } from './store-suite.ts';
export type { StoreSubject } from './suite-subject.ts';
