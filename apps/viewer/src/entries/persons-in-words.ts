import { type EntryLabels, label } from '../texts/entry-labels.ts';
import { pseudonymText } from '../views/person.tsx';

/** Somebody in an entry as it is shown. */
export interface ShownPerson {
  readonly type: string;
  /** 16 hexadecimal digits; undefined where the vault can't tell who it is. */
  readonly token: string | undefined;
  readonly involvement: string | undefined;
}

/** Reads a person of a pseudonymous entry; undefined where there is none. */
export function personIn(value: unknown, otherwise: string): ShownPerson | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, token, involvement } = value as Readonly<Record<string, unknown>>;
  return {
    type: typeof type === 'string' ? type : otherwise,
    token: typeof token === 'string' ? token : undefined,
    involvement: typeof involvement === 'string' ? involvement : undefined,
  };
}

/** A pseudonym in words, such as `klant ▪ 3f9a`. */
export function personWords({ type, token }: ShownPerson, { persons }: EntryLabels): string {
  return pseudonymText({ type: label(persons, type), token });
}
