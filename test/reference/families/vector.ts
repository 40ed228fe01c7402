import type { LogQuestion } from '../check-log.ts';
import type { VaultFile } from '../check-vault.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Found, LogFile } from '../log-file.ts';
import type { SealedText } from '../sealed.ts';

/** Bytes in a vector: their UTF-8 text, or hex. */
export type BytesText = { readonly text: string } | { readonly hex: string };

/** What an implementation is asked, and what it must answer. */
type Question =
  | { readonly op: 'canonicalize'; readonly json: string; readonly want: { readonly text: string } | Refusal }
  | ({ readonly op: 'parse-canonical'; readonly want: { readonly ok: true } | Refusal } & BytesText)
  | {
      readonly op: 'mention';
      readonly handle: VaultFile['handles'][number];
      readonly pointerKey: string;
      readonly lookupKey: string;
      readonly entryId: string;
      readonly position: number;
      readonly want: {
        readonly opening: string;
        readonly ref: string;
        readonly ptr: string;
        readonly token: string;
      };
    }
  | {
      readonly op: 'check-mention';
      readonly opening: string;
      readonly ref: string;
      readonly type: string;
      readonly id: string;
      readonly want: { readonly holds: boolean };
    }
  | {
      readonly op: 'seal';
      readonly place: PlaceText;
      readonly part: string;
      readonly persons: readonly number[];
      readonly value: Json;
      readonly salt: string;
      readonly nonce: string;
      readonly keys: readonly string[];
      readonly want: { readonly sealed: SealedText; readonly plaintext: string } | Refusal;
    }
  | {
      readonly op: 'open-part';
      readonly place: PlaceText;
      readonly sealed: SealedText;
      readonly keys: readonly string[];
      readonly want: { readonly value: Json; readonly plaintext: string } | { readonly reason: string };
    }
  | ({
      readonly op: 'inspect';
      readonly want: { readonly leaf: string; readonly problems: readonly string[] };
    } & BytesText)
  | ({ readonly op: 'verify-log'; readonly want: { readonly findings: readonly Found[] } } & LogQuestion)
  | {
      readonly op: 'open-checkpoint';
      readonly note: string;
      readonly vkeys: readonly string[];
      readonly want: { readonly origin: string; readonly size: number; readonly root: string } | Refusal;
    }
  | {
      readonly op: 'verify-vault';
      readonly log: LogFile;
      readonly vault: VaultFile;
      readonly want: { readonly findings: readonly Found[] };
    }
  | {
      readonly op: 'named-id';
      readonly idKey: string;
      readonly source: string;
      readonly id: string;
      readonly want: { readonly uuid: string };
    }
  | {
      readonly op: 'timed-id';
      readonly ms: number;
      readonly random: string;
      readonly want: { readonly uuid: string };
    }
  | {
      readonly op: 'sameness';
      readonly sameKey: string;
      readonly event: JsonObject;
      readonly want: { readonly mac: string };
    }
  | {
      readonly op: 'check-proof';
      readonly proof: string;
      readonly entry: string;
      readonly vkeys: readonly string[];
      readonly origin?: string;
      readonly want: { readonly index: number } | { readonly refused: true };
    };

/** An answer that is an error, by its code. */
interface Refusal {
  readonly error: string;
}

export interface PlaceText {
  readonly origin: string;
  readonly entryId: string;
  readonly partNumber: number;
  readonly position: number;
}

/** One file below `vectors/`. */
export type Vector = { readonly desc: string } & Question;

/** A vector with the name of its file, without `.json`. */
export type NamedVector = readonly [path: string, vector: Vector];

const wrong: string[] = [];

/** Takes note where what a vector wants is not what the reference answers: the generator's own mistake. */
export function demand(path: string, wanted: unknown, answered: unknown): void {
  const [want, answer] = [JSON.stringify(wanted), JSON.stringify(answered)];
  if (want !== answer) wrong.push(`${path}: wants ${want}, the reference answers ${answer}`);
}

/** Throws when anything that was demanded did not hold. */
export function assertDemands(): void {
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}
