import { ACTIONS, ACTOR_KINDS, OUTCOMES } from '../entry/kinds.ts';
import { keyList, mention, optional, subjects } from './scan-parts.ts';
import { ScopeTable } from './scan-scope.ts';
import {
  b64Of32,
  box,
  type Bytes,
  constant,
  key,
  literal,
  name,
  number,
  oneOf,
  positive,
  uuid,
  valueOf,
} from './scan-text.ts';
import { scanTime } from './scan-time.ts';

const quoted = (values: readonly string[]): readonly Bytes[] => values.map((value) => constant(`${value}"`));
const HEAD = constant('{"action":"');
const ACTION = quoted(ACTIONS);
const ACTIVITY = constant(',"activity":"');
const ACTOR = constant('","actor":{"kind":"');
const ACTOR_KIND = quoted(ACTOR_KINDS);
const PERSON = constant(',"person":{"ptr":"');
const ROLE = constant(',"role":"');
const CONFIDENTIAL = constant(',"confidential":true');
const FIELDS = constant(',"fields":[');
const ID = constant('],"id":"');
const INDEX = constant('","index":');
const KIND = constant(',"kind":"access","occurred":"');
const END_OF_STRING = constant('"');
const OF = constant(',"of":');
const BEHALF = constant(',"onBehalfOf":{"ptr":"');
const OPERATION = constant(',"operation":"');
const OUTCOME = constant('","outcome":"');
const OUTCOME_VALUE = quoted(OUTCOMES);
const PREV = constant(',"prev":"');
const RECIPIENT = constant(',"recipient":"');
const RECORDED = constant(',"recorded":"');
const SEALED = constant(',"sealed":[');
const BOX = constant('{"box":"');
const COMMIT = constant('","commit":"');
const PART = constant('","part":"');
const PERSONS = constant('","persons":[');
const SERVICE = constant(',"service":"');
const SOURCE = constant(',"source":{"id":"');
const SEQ = constant('","seq":');
const SUBJECT_COUNT = constant(',"subjectCount":');
const SUBJECTS = constant(',"subjects":[');

const [COMMA, QUOTE, AT, BRACKET, BRACE] = [44, 34, 64, 93, 125];
const FIRST_SUBJECT = 2;
const TIME = 24;

/**
 * Reads the canonical accesses that logs are full of by their bytes, without parsing JSON. What it refuses is not wrong:
 * it takes the long way, which accepts everything that this does and reads the same in it.
 * The properties hold what the last successful {@link AccessScanner.scan} read.
 */
export class AccessScanner {
  index = 0;
  occurred = 0;
  recorded = 0;
  seq = 0;
  /** As {@link AccessInspection.scope}. */
  scope = '';
  /** Where the id begins, 36 bytes. */
  idAt = 0;
  /** Where the hash of the entry before begins, 43 bytes. */
  prevAt = 0;
  /** Where the sender's name begins and ends; both 0 without a source. */
  sourceFrom = 0;
  sourceTo = 0;

  readonly #scopes = new ScopeTable();
  #actor = false;
  #behalf = false;
  /** The greatest position that a sealed part names. */
  #most = 0;
  #roleFrom = 0;
  #roleTo = 0;
  #recipientFrom = 0;
  #recipientTo = 0;

  /** Whether the bytes from `from` to `end` are such an access. More may stand behind them. */
  scan(bytes: Bytes, from: number, end: number): boolean {
    const action = literal(bytes, from, HEAD);
    let at = this.#activity(bytes, literal(bytes, oneOf(bytes, action, ACTION), ACTIVITY));
    const activityEnd = at;
    at = this.#actorOf(bytes, literal(bytes, at, ACTOR));
    if (at < 0) return false;
    at = optional(bytes, at, CONFIDENTIAL);
    const fields = literal(bytes, at, FIELDS);
    const fieldsEnd = keyList(bytes, fields);
    at = this.#identity(bytes, literal(bytes, fieldsEnd, ID));
    at = this.#middle(bytes, at);
    at = this.#sealed(bytes, at);
    at = this.#rest(bytes, at);
    if (at !== end) return false;
    const scopes = this.#scopes;
    scopes.start();
    scopes.add(bytes, action, activityEnd);
    scopes.add(bytes, this.#roleFrom, this.#roleTo);
    scopes.add(bytes, this.#recipientFrom, this.#recipientTo);
    scopes.add(bytes, fields, fieldsEnd);
    const scope = scopes.text();
    if (scope === undefined) return false;
    this.scope = scope;
    return true;
  }

  #activity(bytes: Bytes, from: number): number {
    const at = key(bytes, from);
    return at >= 0 && bytes[at] === AT ? positive(bytes, at + 1) : -1;
  }

  #actorOf(bytes: Bytes, from: number): number {
    let at = oneOf(bytes, from, ACTOR_KIND);
    if (at < 0) return -1;
    const anonymous = bytes[from + 1] === 110; // the only kind with an n there
    const person = literal(bytes, at, PERSON);
    this.#actor = person >= 0;
    if (person >= 0) at = anonymous ? -1 : mention(bytes, person);
    this.#roleFrom = this.#roleTo = 0;
    const role = literal(bytes, at, ROLE);
    if (role >= 0) {
      at = key(bytes, role);
      if (at < 0 || bytes[at] !== QUOTE) return -1;
      this.#roleFrom = role;
      this.#roleTo = at++;
    }
    return at >= 0 && bytes[at] === BRACE ? at + 1 : -1;
  }

  // From the id to what the entry is about.
  #identity(bytes: Bytes, from: number): number {
    this.idAt = from;
    const index = literal(bytes, uuid(bytes, from), INDEX);
    let at = number(bytes, index);
    if (at < 0) return -1;
    this.index = valueOf(bytes, index, at);
    const occurred = literal(bytes, at, KIND);
    if (occurred < 0 || !Number.isSafeInteger(this.index)) return -1;
    this.occurred = scanTime(bytes, occurred);
    at = this.occurred === this.occurred ? literal(bytes, occurred + TIME, END_OF_STRING) : -1;
    const of = literal(bytes, at, OF);
    if (of >= 0) {
      at = number(bytes, of);
      if (at < 0 || valueOf(bytes, of, at) >= this.index) return -1;
    }
    return at;
  }

  // From the person on whose behalf to the time of recording.
  #middle(bytes: Bytes, from: number): number {
    const behalf = literal(bytes, from, BEHALF);
    this.#behalf = behalf >= 0;
    let at = behalf >= 0 ? mention(bytes, behalf) : from;
    at = literal(bytes, name(bytes, literal(bytes, at, OPERATION)), OUTCOME);
    const prev = literal(bytes, oneOf(bytes, at, OUTCOME_VALUE), PREV);
    this.prevAt = prev;
    at = literal(bytes, b64Of32(bytes, prev), END_OF_STRING);
    this.#recipientFrom = this.#recipientTo = 0;
    const recipient = literal(bytes, at, RECIPIENT);
    if (recipient >= 0) {
      at = key(bytes, recipient);
      if (at < 0 || bytes[at] !== QUOTE) return -1;
      this.#recipientFrom = recipient;
      this.#recipientTo = at++;
    }
    const recorded = literal(bytes, at, RECORDED);
    if (recorded < 0) return -1;
    this.recorded = scanTime(bytes, recorded);
    return this.recorded === this.recorded ? literal(bytes, recorded + TIME, END_OF_STRING) : -1;
  }

  #sealed(bytes: Bytes, from: number): number {
    this.#most = 0;
    let at = literal(bytes, from, SEALED);
    if (at < 0) return from;
    for (;;) {
      at = literal(bytes, box(bytes, literal(bytes, at, BOX)), COMMIT);
      at = literal(bytes, key(bytes, literal(bytes, b64Of32(bytes, at), PART)), PERSONS);
      at = this.#persons(bytes, at);
      if (at < 0 || bytes[at] !== BRACE) return -1;
      if (bytes[at + 1] !== COMMA) return bytes[at + 1] === BRACKET ? at + 2 : -1;
      at += 2;
    }
  }

  // Positions of persons who are there, ascending; returns the place behind the bracket.
  #persons(bytes: Bytes, from: number): number {
    let before = -1;
    for (let start = from; start >= 0; ) {
      const at = number(bytes, start);
      if (at < 0) return -1;
      const position = valueOf(bytes, start, at);
      if (position <= before || !Number.isSafeInteger(position)) return -1;
      if ((position === 0 && !this.#actor) || (position === 1 && !this.#behalf)) return -1;
      before = position;
      this.#most = Math.max(this.#most, position);
      if (bytes[at] === BRACKET) return at + 1;
      start = bytes[at] === COMMA ? at + 1 : -1;
    }
    return -1;
  }

  // From the service to the end.
  #rest(bytes: Bytes, from: number): number {
    const service = literal(bytes, from, SERVICE);
    let at = literal(bytes, name(bytes, service), END_OF_STRING);
    this.sourceFrom = this.sourceTo = 0;
    const source = literal(bytes, at, SOURCE);
    if (source >= 0) {
      this.sourceFrom = source;
      this.sourceTo = name(bytes, source);
      const seq = literal(bytes, this.sourceTo, SEQ);
      at = number(bytes, seq);
      if (at < 0 || bytes[at] !== BRACE) return -1;
      this.seq = valueOf(bytes, seq, at++);
      if (!Number.isSafeInteger(this.seq)) return -1;
    }
    const count = literal(bytes, at, SUBJECT_COUNT);
    at = number(bytes, count);
    if (at < 0) return -1;
    const given = valueOf(bytes, count, at);
    if (this.#most >= FIRST_SUBJECT + given) return -1;
    return subjects(bytes, literal(bytes, at, SUBJECTS), given);
  }
}
