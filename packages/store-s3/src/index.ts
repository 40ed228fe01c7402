/**
 * A Zegel log in an S3 bucket under Object Lock.
 *
 * @module
 */
export { type Held, type HoldRange, setLegalHold } from './legal-hold.ts';
export type { Terms } from './lock.ts';
export { openStore } from './open-store.ts';
export { type PrepareOptions, prepareBuckets } from './prepare.ts';
export { type Probe, type ProbeOptions, probe } from './probe/probe.ts';
export { type PublishOptions, type Published, publish } from './publish/publish.ts';
export { PublishError, type PublishErrorCode } from './publish/publish-error.ts';
export { type LockRule, parseS3Url, type S3Place } from './s3-url.ts';
export { decodeUnverified } from './segment/decode-segment.ts';
export { encodePruned, encodeSegment, type SegmentParts } from './segment/encode-segment.ts';
export type { Segment, SegmentProblem } from './segment/segment.ts';
export { openVault } from './vault/remote-vault.ts';
export { StoreError } from './store-error.ts';
