import { sha256Base64url } from '../crypto.ts';
import { CONSULTATION_ACTIVITY } from '../entry/kinds.ts';
import type { RegisterEntry } from '../entry/types.ts';
import { encodeUtf8 } from '../utf8.ts';
import { allows, parseRegisterScope, type RegisterScope } from './register-scope.ts';
import type { Tell } from './tell.ts';

/** The register versions below the next entry. Plain data. */
export interface RegisterState {
  /** By version, from 1; undefined where a document could not be read. */
  scopes: (RegisterScope | undefined)[];
  /** Slices of a document that spans entries, so far. */
  slices: string[];
}

// A register beyond this is no register; it would only fill the verifier's memory.
const MAX_SLICES = 256;
const MAX_VERDICTS = 10_000;

/** Before the first entry. */
export function newRegister(): RegisterState {
  return { scopes: [], slices: [] };
}

/** Feeds one register entry; `complete` is whether the event ends with it. */
export function checkRegister(
  state: RegisterState,
  entry: RegisterEntry,
  index: number,
  complete: boolean,
  tell: Tell,
): void {
  if ((entry.part?.number ?? 1) === 1) state.slices = [];
  if (state.slices.length < MAX_SLICES) state.slices.push(entry.document);
  if (!complete) return;
  const document = state.slices.join('');
  state.slices = [];
  const version = state.scopes.length + 1;
  if (entry.version !== version)
    tell('register-version', index, `version ${entry.version} where ${version} follows`);
  const whole = sha256Base64url(encodeUtf8(document)) === entry.digest;
  if (!whole) tell('malformed', index, 'digest: is not that of the register document');
  const scope = parseRegisterScope(document);
  if (scope === undefined) tell('malformed', index, 'document: is not a register');
  state.scopes.push(scope);
}

/**
 * Compares accesses with the register version they name (format v1 §5). Verdicts are kept per
 * scope text, of which a log has few.
 */
export class RegisterRule {
  readonly #state: RegisterState;
  readonly #verdicts = new Map<string, string>();

  constructor(state: RegisterState) {
    this.#state = state;
  }

  /** `scope` as an inspection has it: `activity@version action role recipient field…`. */
  check(scope: string, index: number, tell: Tell): void {
    if (isConsultation(scope)) return;
    const newest = this.#state.scopes.length;
    const version = versionOf(scope);
    if (version > newest) {
      tell('register-version', index, `names register version ${version}; ${newest} stand below it`);
      return;
    }
    if (version < newest)
      tell('register-superseded', index, `names register version ${version}, superseded by ${newest}`);
    const verdict = this.#verdict(scope, version);
    if (verdict !== '') tell('register-unknown', index, verdict);
  }

  /** Whether {@link RegisterRule.check} has nothing to tell. */
  isSilent(scope: string): boolean {
    if (isConsultation(scope)) return true;
    const version = versionOf(scope);
    return version === this.#state.scopes.length && this.#verdict(scope, version) === '';
  }

  #verdict(scope: string, version: number): string {
    return this.#verdicts.get(scope) ?? this.#judge(scope, version);
  }

  // Versions never change once they are there, so that a verdict holds for good.
  #judge(scope: string, version: number): string {
    const register = this.#state.scopes[version - 1];
    const verdict = register === undefined ? '' : judge(register, scope.split(' '));
    if (this.#verdicts.size >= MAX_VERDICTS) this.#verdicts.clear();
    this.#verdicts.set(scope, verdict);
    return verdict;
  }
}

function isConsultation(scope: string): boolean {
  return scope.startsWith(CONSULTATION_ACTIVITY) && scope[CONSULTATION_ACTIVITY.length] === '@';
}

function versionOf(scope: string): number {
  return Number.parseInt(scope.slice(scope.indexOf('@') + 1, scope.indexOf(' ')), 10);
}

function judge(
  register: RegisterScope,
  [named = '', action = '', role, recipient, ...fields]: readonly string[],
): string {
  const key = named.slice(0, named.indexOf('@'));
  const activity = register.activities.get(key);
  if (activity === undefined) return `activity "${key}" is not in the register`;
  if (!allows(activity.actions, action)) return `action "${action}" is not among those of activity "${key}"`;
  if (role && !allows(register.roles, role)) return `role "${role}" is not in the register`;
  if (recipient && !allows(activity.recipients, recipient)) {
    return `recipient "${recipient}" is not among those of activity "${key}"`;
  }
  const stranger = fields.find((field) => field !== '' && !allows(activity.fields, field));
  return stranger === undefined ? '' : `field "${stranger}" is not among those of activity "${key}"`;
}
