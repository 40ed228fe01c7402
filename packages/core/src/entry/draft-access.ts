import { assert } from '../errors.ts';
import type { AccessTemplate } from './access-template.ts';
import { checkSize, type EntryDraft, FILL_BYTES } from './draft.ts';
import type { Involvement } from './kinds.ts';
import type { Mention, PartOf, SealedPart, SourceMark, SubjectMention } from './types.ts';

/** What one access has of its own. Not checked here: the writer makes each with the functions of this package. */
export interface AccessParts {
  readonly template: AccessTemplate;
  /** UUID text. */
  readonly id: string;
  /** The time's text. */
  readonly occurred: string;
  readonly actor?: Mention;
  readonly onBehalfOf?: Mention;
  readonly of?: number;
  readonly part?: PartOf;
  readonly source?: SourceMark;
  readonly subjects: readonly SubjectMention[];
  /** Subjects over all parts of the event. */
  readonly subjectCount: number;
  readonly sealed?: readonly SealedPart[];
}

const SUBJECT: Readonly<Record<Involvement, string>> = {
  target: '{"involvement":"target","ptr":"',
  shown: '{"involvement":"shown","ptr":"',
  related: '{"involvement":"related","ptr":"',
};

/**
 * The draft of one access: what {@link draftEntry} would make of the same fields, byte for byte,
 * at the price of some concatenations. Nothing is checked but the size, so that every part must
 * come from this package: id from `formatUuid`, occurred from `timeText`, mentions from `mentionRef`
 * and `mentionPtr`, sealed parts from `sealPart`.
 *
 * @throws EntryError TOO_LARGE when the entry would exceed 65,535 bytes; split it then
 */
export function draftAccess(parts: AccessParts): EntryDraft {
  const { template, actor, of, onBehalfOf, part, source, sealed } = parts;
  assert(actor === undefined || template.pattern.actorKind !== 'anonymous', 'an anonymous actor is nobody');
  const toIndex = `${template.head}${personMember('person', actor)}${template.middle}${parts.id}","index":`;
  const reference = of === undefined ? '' : `,"of":${of}`;
  const split = part === undefined ? '' : `,"part":{"number":${part.number},"of":${part.of}}`;
  const behalf = personMember('onBehalfOf', onBehalfOf);
  const toPrev = `,"kind":"access","occurred":"${parts.occurred}"${reference}${behalf}${template.act}${split},"prev":"`;
  const { toRecorded } = template;
  const mark = source === undefined ? '' : `,"source":{"id":"${source.id}","seq":${source.seq}}`;
  const boxes =
    sealed === undefined || sealed.length === 0 ? '' : `,"sealed":[${sealed.map(sealedJson).join()}]`;
  const subjects = subjectsJson(parts.subjects);
  const toEnd = `"${boxes}${template.service}${mark},"subjectCount":${parts.subjectCount},"subjects":[${subjects}],"v":1}`;
  // Everything in an access is ASCII, so that characters are bytes.
  const byteLength = toIndex.length + toPrev.length + toRecorded.length + toEnd.length + FILL_BYTES;
  return checkSize({ kind: 'access', toControl: undefined, toIndex, toPrev, toRecorded, toEnd, byteLength });
}

function personMember(key: 'person' | 'onBehalfOf', person: Mention | undefined): string {
  return person === undefined ? '' : `,"${key}":{"ptr":"${person.ptr}","ref":"${person.ref}"}`;
}

function subjectsJson(subjects: readonly SubjectMention[]): string {
  let text = '';
  for (const { involvement, ptr, ref } of subjects) {
    text += `${text === '' ? '' : ','}${SUBJECT[involvement]}${ptr}","ref":"${ref}"}`;
  }
  return text;
}

function sealedJson({ box, commit, part, persons }: SealedPart): string {
  return `{"box":"${box}","commit":"${commit}","part":"${part}","persons":[${persons.join()}]}`;
}
