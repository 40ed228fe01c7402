import { decodeBase64url } from '@zegel/core';
import { MULTI_ATTRIBUTES, ROLE, SINGLE_ATTRIBUTES } from './attributes.ts';
import { setBit } from './bits.ts';
import { addPosition, type Draft, KEY_BYTES, newDraft } from './draft.ts';
import { type Facts, placeOf, readFacts } from './facts.ts';
import { MentionList } from './mention-list.ts';
import { latin1of8, type PersonResolver } from './person-resolver.ts';
import type { Terms } from './terms.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** What a run of entries destroys: the follower takes it out of the segments already written. */
export interface Doomed {
  /** First 8 bytes (Latin-1) of handle numbers. */
  readonly handles: Set<string>;
  /** Pruned bodies, inclusive. */
  readonly ranges: (readonly [number, number])[];
}

/** The part of a split event that was seen last. */
interface EventState {
  readonly id: string;
  readonly part: number;
  /** Subjects up to and with it, so that positions run over all parts (format v1 §3). */
  readonly subjects: number | undefined;
}

const scratchId = new Uint8Array(16);
const SINGLES = SINGLE_ATTRIBUTES.length;
const MULTIS = MULTI_ATTRIBUTES.length;

/** Turns adjacent entries into a draft. */
export class SegmentBuilder {
  readonly draft: Draft;
  readonly doomed: Doomed = { handles: new Set(), ranges: [] };
  readonly #terms: Terms;
  readonly #persons: PersonResolver | undefined;
  #event: EventState | undefined;
  readonly #mentions = new MentionList();
  readonly #traces = new Map<string, number[]>();

  constructor(first: number, capacity: number, terms: Terms, persons: PersonResolver | undefined) {
    this.draft = newDraft(first, capacity);
    this.#terms = terms;
    this.#persons = persons;
  }

  /**
   * Adds the next entry; undefined bytes are a pruned body. A part of a split event that does not follow the one before it is
   * handed back instead: it goes in by `addPart`.
   */
  add(bytes: Uint8Array | undefined): Facts | undefined {
    const facts = bytes === undefined ? undefined : readFacts(bytes);
    if (facts === undefined) this.draft.count++;
    else if (facts.part <= 1) this.addPart(facts, 0);
    else if (this.#event?.id !== facts.id || this.#event.part + 1 !== facts.part) return facts;
    else this.addPart(facts, this.#event.subjects);
    return undefined;
  }

  /** Adds the next entry, with `base` subjects in the parts before it. Undefined: nobody can tell, and these are left out. */
  addPart(facts: Facts, base: number | undefined): void {
    const { draft } = this;
    const position = draft.count++;
    setBit(draft.present, position);
    draft.occurred[position] = facts.occurred;
    this.#addTerms(facts, position);
    const { id, part, subjects } = facts;
    this.#event =
      part === 0 ? undefined : { id, part, subjects: base === undefined ? undefined : base + subjects };
    if (this.#persons !== undefined) this.#addPersons(this.#persons, facts, position, base);
    if (facts.handles.length > 0 || facts.ranges.length > 0) this.#doom(facts);
  }

  #addTerms(facts: Facts, position: number): void {
    const { singles, multis } = this.draft;
    for (let i = 0; i < SINGLES; i++) {
      const value = facts.singles[i];
      if (value !== undefined) (singles[i] as Int32Array)[position] = this.#terms.add(i, value);
    }
    for (let i = 0; i < MULTIS; i++) {
      for (const value of facts.multis[i] ?? [])
        addPosition(multis, this.#terms.add(SINGLES + i, value), position);
    }
  }

  #addPersons(persons: PersonResolver, facts: Facts, position: number, base: number | undefined): void {
    const { mentions, trace } = facts;
    if (mentions.length === 0 || !uuidBytes(facts.id, scratchId)) return;
    for (const mention of mentions) {
      const place = placeOf(mention, base);
      const found = place === undefined ? undefined : persons.resolve(scratchId, place, mention.ptr);
      if (found !== undefined) this.#mentions.add(found, mention.role, position);
    }
    const traced = trace && persons.trace(scratchId, facts, base);
    if (traced !== undefined) addPosition(this.#traces, traced.person + traced.handles, position);
  }

  /** Ends the draft: nothing can be added any more. */
  finish(): Draft {
    const { draft } = this;
    draft.groups = this.#mentions.groups();
    for (const [key, positions] of this.#traces) {
      const [person, handles] = [key.slice(0, KEY_BYTES), key.slice(KEY_BYTES)];
      draft.groups.push({ person, role: ROLE.trace, handles, positions });
    }
    return draft;
  }

  #doom(facts: Facts): void {
    for (const handle of facts.handles) {
      const number = decodeHandle(handle);
      if (number !== undefined) this.doomed.handles.add(number);
    }
    this.doomed.ranges.push(...facts.ranges);
  }
}

function decodeHandle(text: string): string | undefined {
  try {
    return latin1of8(decodeBase64url(text), 0);
  } catch {
    return undefined;
  }
}
