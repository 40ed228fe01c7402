import type { CheckedDeclaration } from './declaration.ts';
import { Gathered } from './gathered.ts';
import { involvementOf } from './groups.ts';
import type { Observation } from './request-context.ts';

/** What a driver saw beyond a declaration. */
export class Excess {
  readonly persons: Gathered;
  readonly fields: Set<string> = new Set();
  readonly flags: Set<string> = new Set();
  /** Shape of the first statement that went beyond. */
  operation: string | undefined;

  constructor(checked: CheckedDeclaration) {
    this.persons = new Gathered(involvementOf(checked));
  }

  note(flag: string, { operation }: Observation): void {
    this.flags.add(flag);
    this.operation ??= operation;
  }

  get isEmpty(): boolean {
    return this.flags.size === 0;
  }
}
