import type { AccessEvent } from '@zegel/log';

/** A record of another system, told as an access. */
export interface Mapped {
  readonly kind: 'mapped';
  readonly event: AccessEvent;
  /** Which statement of the source became `occurred`, such as `period.start`, `recorded` or `eventTime`. */
  readonly occurredFrom: string;
}

/** A record that can't be told as an access. `reason` names keys and codes of the record, no person. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** What a mapper found wrong, in the order found. Empty: the record can be mapped. */
export type Problems = string[];

/** The refusal that lists every problem found. */
export function refused(problems: readonly string[]): Refused {
  return Object.freeze({ kind: 'refused', reason: problems.join('; ') });
}

/** The accepted outcome of mapping. */
export function mapped(event: AccessEvent, occurredFrom: string): Mapped {
  return Object.freeze({ kind: 'mapped', event: Object.freeze(event), occurredFrom });
}

const LONGEST_SHOWN = 40;

/** A short value of the source in a message: quoted, well-formed, cut. For codes, never for persons. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value;
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}
