/**
 * Formats and mathematics of a Zegel log: pure functions over bytes, without input or output,
 * clock or randomness.
 *
 * @module
 */

// Numbers and errors
export { type EntryIndex, entryIndex, RangeNumberError, type TreeSize, treeSize } from './brand.ts';
export { AssertionFailed, assert, ZegelError } from './errors.ts';

// Formats, tree and notes
export { decodeBase64, encodeBase64 } from './base64.ts';
export { decodeBase64url, encodeBase64url } from './base64url.ts';
export { equalBytes } from './bytes.ts';
export { canonicalize, MAX_JSON_DEPTH, parseCanonical } from './canonical.ts';
export { type Checkpoint, formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
export {
  AEAD_TAG_BYTES,
  aeadOpen,
  aeadSeal,
  type Ed25519Key,
  ed25519Key,
  ed25519Verifier,
  envelopeOpen,
  envelopeSeal,
  hmacSha1,
  hmacSha256,
  md5Hex,
  permuteBlocks,
  sameSecret,
  sha256,
  sha256Base64url,
  sha256Latin1,
  stretchSecret,
} from './crypto.ts';
export { FormatError, type FormatErrorCode } from './format-error.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { isOwnName, MAX_NAME_BYTES } from './key-name.ts';
export {
  checkConsistency,
  checkInclusion,
  type ConsistencyClaim,
  type InclusionClaim,
  type ProofResult,
} from './merkle/check.ts';
export { CompactRange, type OnSubtree } from './merkle/compact-range.ts';
export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from './merkle/hash.ts';
export { proveConsistency, proveInclusion, treeRoot } from './merkle/prove.ts';
export type { HashReader, NodeId } from './merkle/span.ts';
export { TreeError } from './merkle/tree-error.ts';
export {
  formatNote,
  MAX_NOTE_LENGTH,
  MAX_NOTE_SIGNATURES,
  type Note,
  type NoteSignature,
  parseNote,
} from './note.ts';
export { type KeyIdentity, NoteError, type NoteErrorCode } from './note-error.ts';
export {
  createSigner,
  formatSkey,
  formatVkey,
  parseSkey,
  parseVkey,
  type Signer,
  type Verifier,
} from './note-key.ts';
export { type OpenedNote, openNote, signNote } from './note-sign.ts';
export { TILE_WIDTH, type Tile, tileNodes, tilesOf } from './tile.ts';
export { formatBundle, formatTile, MAX_BUNDLE_ENTRY_BYTES, parseBundle, parseTile } from './tile-data.ts';
export { type Bundle, entriesPath, parseEntriesPath, parseTilePath, tilePath } from './tile-path.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
export { checkTlogProof, type TlogProofClaim, type TlogProofResult } from './tlog-proof-check.ts';
export { decodeUtf8, encodeUtf8 } from './utf8.ts';
export { formatUuid, parseUuid, uuidV7, uuidV8 } from './uuid.ts';

// Entries, persons, sealed parts and verification
export { type AccessPattern, type AccessTemplate, accessTemplate } from './entry/access-template.ts';
export {
  type EntryDraft,
  EntryError,
  type EntryErrorCode,
  type EntryFill,
  draftEntry,
  sealEntry,
} from './entry/draft.ts';
export { type AccessParts, draftAccess } from './entry/draft-access.ts';
export {
  ACTIONS,
  ACTOR_KINDS,
  type Action,
  type ActorKind,
  CONSULTATION_ACTIVITY,
  ENTRY_KINDS,
  type EntryKind,
  INVOLVEMENTS,
  type Involvement,
  MAX_ENTRY_BYTES,
  OUTCOMES,
  type Outcome,
} from './entry/kinds.ts';
export { parseTime, timeText } from './entry/time.ts';
export type {
  AccessEntry,
  ActorMention,
  ClockEntry,
  ConfidentialityEntry,
  ControlLink,
  ControlledEntry,
  CorrectionEntry,
  Entry,
  EntryBase,
  EntryFields,
  ErasureEntry,
  GapEntry,
  GenesisEntry,
  HeartbeatEntry,
  HoldEntry,
  KeyEntry,
  LifecycleEntry,
  Mention,
  PartOf,
  RegisterEntry,
  RetentionEntry,
  ReviewEntry,
  SealedPart,
  SourceMark,
  SubjectMention,
} from './entry/types.ts';
export {
  FINDINGS,
  type Finding,
  type FindingCode,
  type FindingLevel,
  findingLevel,
  type Report,
} from './findings.ts';
export {
  checkMention,
  isPersonId,
  isPersonType,
  mentionOpening,
  mentionPtr,
  mentionRef,
  openPtr,
  personToken,
} from './persons.ts';
export {
  checkCommitment,
  commitment,
  type OpenedPart,
  openPart,
  type PartPlace,
  type PartToSeal,
  partKey,
  sealPart,
} from './sealed.ts';
export {
  formatPlaintext,
  MAX_SEALED_STRING,
  type Omitted,
  type OpenedValue,
  parsePlaintext,
  SealError,
  type SealedValue,
} from './sealed-plaintext.ts';
export type { AccessRun, RunSource } from './verify/access-run.ts';
export { checkHeads, type HeadsToCheck } from './verify/check-heads.ts';
export { LogChecker } from './verify/checker.ts';
export {
  type CheckerOptions,
  type CheckSummary,
  type Freshness,
  HeldTooOldError,
} from './verify/checker-options.ts';
export { type FindingList, findingList } from './verify/finding-list.ts';
export {
  checkHeadSignatures,
  type HeadDuty,
  headNote,
  readHead,
  SIGNATURE_BYTES,
  type SignedHead,
} from './verify/head.ts';
export type { HeadOptions, HeldCheckpoint } from './verify/heads.ts';
export { type DuplicateId, type IdCollector, memoryIdCollector } from './verify/ids.ts';
export { inspectEntry, prunedLeaf } from './verify/inspect.ts';
export type {
  AccessInspection,
  ControlInspection,
  Inspection,
  InspectionProblem,
  PartialInspection,
  PartMark,
  PrunedLeaf,
} from './verify/inspection.ts';
export { genesisPrev, rotationMessage } from './verify/keys.ts';
export { type Inspected, RangeInspector } from './verify/range-inspector.ts';
export {
  type ActivityScope,
  type Keys,
  parseRegisterScope,
  type RegisterScope,
} from './verify/register-scope.ts';
export type { CheckerState } from './verify/state.ts';
