import type { CheckedDeclaration } from './declaration.ts';
import type { Entry, Facts } from './entry.ts';
import { CaptureError } from './errors.ts';
import { Gathered } from './gathered.ts';
import type { Person } from './person.ts';
import type { End } from './request-context.ts';

/** Persons discovered under one declaration, outside any open access. */
interface Group {
  readonly checked: CheckedDeclaration;
  readonly persons: Gathered;
}

/** How persons are involved in an action unless they say otherwise. */
export function involvementOf({ action }: CheckedDeclaration): 'shown' | 'target' {
  return action === 'search' ? 'shown' : 'target';
}

/** What one request has discovered so far, merged by equal declarations. */
export class Groups {
  #groups = new Map<string, Group>();
  #isClosed = false;

  /** @throws CaptureError `NO_CONTEXT` when the request is over: nobody would seal it any more */
  add(checked: CheckedDeclaration, persons: readonly Person[]): void {
    if (this.#isClosed) {
      const { activity } = checked;
      throw new CaptureError('NO_CONTEXT', 'persons were seen after their request was sealed', { activity });
    }
    const group = this.#groups.get(checked.key) ?? { checked, persons: new Gathered(involvementOf(checked)) };
    this.#groups.set(checked.key, group);
    group.persons.add(persons);
  }

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** The entries of all groups, which are then empty. */
  take(facts: Facts, { outcome }: End): readonly Entry[] {
    const groups = [...this.#groups.values()];
    this.#groups = new Map();
    return groups.map(({ checked, persons }) => {
      const operation = checked.operation ?? facts.operation;
      return { facts, checked, operation, persons: persons.list(), outcome };
    });
  }
}
