/**
 * Declares accesses to personal data and seals them before the data is seen. Knows no framework and no store.
 *
 * @module
 */

// The register's side, so that adapters need nothing but this package.
export type { Action, Involvement, Outcome } from '@zegel/core';
export type {
  ActionOf,
  ActivityOf,
  CompiledRegister,
  EventTrace,
  FieldOf,
  PersonOf,
  Policy,
  Problem,
  RecipientOf,
  RegisterDocument,
  RoleOf,
} from '@zegel/log';
export type { Access, ActivityFor, Discovered, Known, Saw, SearchVerb, Verb } from './access-types.ts';
export type { Capture, CaptureCore, CaptureOptions } from './capture.ts';
export { createCapture } from './create-capture.ts';
export type { CheckedDeclaration, Declaration, DeclarationOf, PersonUnder } from './declaration.ts';
export { CaptureError, type CaptureErrorCode, DeniedError } from './errors.ts';
export { operationOf } from './operation.ts';
export type { Actor, Person, PersonMaker, Persons } from './person.ts';
export type { CaptureProblem, OnProblem } from './problem.ts';
export { type ProblemDocument, problemDocument } from './problem-document.ts';
export type {
  ContextMore,
  ContextSeed,
  Declared,
  End,
  Observation,
  RequestContext,
} from './request-context.ts';
export type { CaptureReceipt, CaptureSink, Gap } from './sink.ts';
export { formatTraceparent, newTrace, parseTraceparent } from './trace.ts';
