import type { AccessEvent } from '@zegel/log';
import { type Problems, shown } from '../outcome.ts';
import { type Coding, codesOf, DICOM, LIFECYCLE, RESTFUL } from './coding.ts';
import type { AuditView } from './view.ts';

type Action = AccessEvent['action'];

/** What FHIR's RESTful interactions do. `operation`, `batch` and `transaction` leave it to `action`. */
const INTERACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['read', 'read'],
  ['vread', 'read'],
  ['history', 'read'],
  ['history-instance', 'read'],
  ['history-type', 'read'],
  ['history-system', 'read'],
  ['capabilities', 'read'],
  ['search', 'search'],
  ['search-type', 'search'],
  ['search-system', 'search'],
  ['search-compartment', 'search'],
  ['create', 'create'],
  ['update', 'update'],
  ['patch', 'update'],
  ['delete', 'delete'],
]);

/** Letters of AuditEvent.action beside which an interaction makes sense; an update may create. */
const LETTERS_BESIDE: Readonly<Partial<Record<Action, string>>> = {
  read: 'RE',
  search: 'RE',
  create: 'CE',
  update: 'UCE',
  delete: 'DE',
};

const LETTERS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['C', 'create'],
  ['R', 'read'],
  ['U', 'update'],
  ['D', 'delete'],
  ['E', 'execute'],
]);

/** Used only where the record gives no letter. */
const DICOM_ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['110103', 'read'],
  ['110105', 'delete'],
  ['110107', 'create'],
  ['110112', 'search'],
]);
const LIFECYCLE_ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['access', 'read'],
  ['originate', 'create'],
  ['amend', 'update'],
  ['destroy', 'delete'],
]);

const DICOM_EXPORT = '110106';
const DICOM_QUERY = '110112';

/**
 * What was done: a disclosure or an export if a code says so, else the RESTful interaction, else
 * `action` (C R U D E). Codes that contradict the letter are a problem, not a choice.
 */
export function actionOf(view: AuditView, problems: Problems): Action {
  const codes = [...view.narrow, ...view.broad];
  const letter = letterOf(view.action, problems);
  if (codesOf(codes, LIFECYCLE).includes('disclose')) return 'disclose';
  if (codesOf(codes, DICOM).includes(DICOM_EXPORT)) return 'export';
  const interaction = first(codesOf(codes, RESTFUL), INTERACTIONS);
  if (interaction !== undefined) {
    checkLetter(interaction, letter, problems);
    return interaction;
  }
  // DICOM PS3.15 A.5.3.10: a query is an E of its own type.
  if (letter === 'E' && codesOf(codes, DICOM).includes(DICOM_QUERY)) return 'search';
  return LETTERS.get(letter ?? '') ?? byCodesAlone(codes, problems);
}

function letterOf(value: unknown, problems: Problems): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && LETTERS.has(value)) return value;
  problems.push(`action ${shown(value)} is none of C, R, U, D, E`);
  return undefined;
}

function checkLetter(interaction: Action, letter: string | undefined, problems: Problems): void {
  if (letter === undefined || LETTERS_BESIDE[interaction]?.includes(letter) !== false) return;
  problems.push(`action ${letter} contradicts the interaction ${interaction}`);
}

function byCodesAlone(codes: readonly Coding[], problems: Problems): Action {
  const action =
    first(codesOf(codes, DICOM), DICOM_ACTIONS) ?? first(codesOf(codes, LIFECYCLE), LIFECYCLE_ACTIONS);
  if (action === undefined && problems.length === 0)
    problems.push('neither action nor a known code says what was done');
  return action ?? 'execute';
}

function first(codes: readonly string[], table: ReadonlyMap<string, Action>): Action | undefined {
  const code = codes.find((one) => table.has(one));
  return code === undefined ? undefined : table.get(code);
}
