/**
 * Writer and reader of a Zegel log.
 *
 * @module
 */
export { checkpointTo } from './checkpoint-to.ts';
export type { OnCheckpoint } from './checkpoints-out.ts';
export { type CopyOptions, copyLog, type CopyReport } from './copy/copy-log.ts';
export { type CreateOptions, createLog } from './create.ts';
export { LogError, type LogErrorCode, StoreFailure } from './errors.ts';
export { type KeyEnvelopes, openEnvelopes } from './key-envelopes.ts';
export type { Destruction, Log } from './log.ts';
export { type Location, parseLocation } from './location.ts';
export { type OpenOptions, openLog } from './open.ts';
export { healAlong, keyFolder, openVaultReader, syncVault } from './open-vault.ts';
export type { ControlRecord } from './protocol.ts';
export { type LogReader, openReader } from './reader.ts';
export type { AppendOptions, OutboxReceipt, Receipt, Refusal, Sink, SinkReceipt } from './receipt.ts';
export type { MentionText, VaultReader } from './vault/reader.ts';
export type {
  Batch,
  CommitView,
  Cover,
  LogStore,
  StoredEntry,
  StoredHead,
  StoreModule,
  StoreOptions,
  Subtree,
} from './port.ts';

// Register and events
export { EventError } from './event/error.ts';
export type { Problem } from './event/problem.ts';
export type { AccessEvent, EventActor, EventPerson, EventSubject, NormalizedEvent } from './event/types.ts';
export { validateEvent } from './event/validate.ts';
export { builtinRegister } from './register/builtin.ts';
export { type CompiledActivity, type CompiledRegister, compileRegister } from './register/compile.ts';
export { defineRegister } from './register/define.ts';
export { shortestTerms } from './register/terms.ts';
export { parseRegister, RegisterError } from './register/parse.ts';
export type { RegisterDocument } from './register/types.ts';

// Register and events: names inferred from a register, types for one in JSON, parts of both documents
export type { EventTrace, NormalizedSubject } from './event/types.ts';
export { isProblems } from './event/validate.ts';
export type {
  AccessEventOf,
  AccessEventUnder,
  ActionOf,
  ActivityOf,
  FieldOf,
  PersonOf,
  RecipientOf,
  RoleOf,
} from './register/infer.ts';
export { registerTypes } from './register/type-text.ts';
export {
  BASES,
  type Basis,
  POLICIES,
  type Policy,
  RECIPIENT_ROLES,
  type RecipientRole,
  RECORDED,
  type RegisterActivity,
  type RegisterField,
  type RegisterRecipient,
  type RegisterTable,
  type Retention,
  type Right,
  RIGHTS,
  type Words,
} from './register/types.ts';

// Verification
export type { Reported, VerifyReport } from './verify/report.ts';
export { type VerifyOptions, verifyLog } from './verify/verify.ts';
