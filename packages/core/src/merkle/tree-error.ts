import { ZegelError } from '../errors.ts';

/** A question to a tree that has no answer, or hashes that can't be its own. */
export class TreeError extends ZegelError {
  override readonly name = 'TreeError';
  /** `BAD_RANGE`: an index or a size outside the tree. `BAD_HASHES`: hashes of a wrong number or length. */
  readonly code: 'BAD_RANGE' | 'BAD_HASHES';

  constructor(code: 'BAD_RANGE' | 'BAD_HASHES', message: string) {
    super(message);
    this.code = code;
  }
}
