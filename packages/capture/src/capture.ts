import type { ActivityOf, CompiledRegister, RegisterDocument } from '@zegel/log';
import type { Access } from './access-types.ts';
import type { CheckedDeclaration, Declaration, DeclarationOf } from './declaration.ts';
import type { Actor, Persons } from './person.ts';
import type { OnProblem } from './problem.ts';
import type { ContextMore, ContextSeed, RequestContext } from './request-context.ts';
import type { CaptureSink } from './sink.ts';

/** How accesses of one service are captured. */
export interface CaptureOptions<R extends RegisterDocument = RegisterDocument> {
  /** A log, a client, a test log. */
  readonly to: CaptureSink<R>;
  /** Needed where `to` has none, such as a client. */
  readonly register?: R;
  /** Name of the service in every entry: `[a-z0-9][a-z0-9._-]{0,63}`. */
  readonly service: string;
  /** Folder of the durable counters of what went unlogged. Default `./.zegel`. */
  readonly gaps?: string;
  /** Milliseconds that an access waits for its entry. Default 5000. */
  readonly timeout?: number;
  /** A driver is captured: reads take the search path (act, withhold, one entry). Default false. */
  readonly dataLayer?: boolean;
  /** Default: warns through the process. */
  readonly onProblem?: OnProblem;
}

/** What adapters and captured drivers need, whatever the register. */
export interface CaptureCore {
  readonly register: CompiledRegister;
  readonly service: string;
  readonly dataLayer: boolean;
  /** Where problems are told. It does not throw. */
  readonly report: OnProblem;
  /**
   * Checks a declaration when it is defined.
   *
   * @throws CaptureError `DECLARATION_INVALID` with every problem at once
   */
  check(activity: string, declaration: Declaration): CheckedDeclaration;
  /** Makes a context; `run` on it enters it. */
  begin(seed: ContextSeed): RequestContext;
  /** The context that this code runs in. */
  current(): RequestContext | undefined;
  /** Tries to chain open counters now, which also happens by itself. Resolves whether or not it could. */
  gaps(): Promise<void>;
  /** Lets what is under way finish and closes the counters, not the sink. */
  close(): Promise<void>;
}

/** Captures the accesses of one service, its names checked against the register by the compiler. */
export interface Capture<R extends RegisterDocument = RegisterDocument> extends CaptureCore {
  readonly register: CompiledRegister<R>;
  readonly access: Access<R>;
  readonly persons: Persons<R>;
  check<A extends ActivityOf<R>>(activity: A, declaration: DeclarationOf<R, A>): CheckedDeclaration;
  /**
   * Runs a job in a context of its own. What was discovered in it is sealed when it ends, before its result is handed over.
   *
   * @throws CaptureError; what `work` throws
   */
  runAs<T>(actor: Actor, work: () => T | Promise<T>, more?: ContextMore): Promise<T>;
}
