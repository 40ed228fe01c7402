import type { CaptureCore, Policy } from '@zegel/capture';
import type { Expressions } from './expressions.ts';

/** How a driver is captured. */
export interface CaptureSqlOptions {
  /** From an adapter or `createCapture`, made with `dataLayer: true` so that reads wait for what is seen here. */
  readonly capture: CaptureCore;
  /** What result columns without an origin hold. */
  readonly expressions?: Expressions;
  /** What becomes of a statement on personal data outside any context: refused (the default), or reported. */
  readonly policy?: Policy;
}
