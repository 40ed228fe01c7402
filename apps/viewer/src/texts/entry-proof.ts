import type { Texts } from './texts.ts';

type Table = Readonly<Record<string, string>>;

/** Words of the proof of an entry. */
export interface ProofTexts {
  readonly title: string;
  readonly about: string;
  readonly noScript: string;
  readonly noCrypto: string;
  readonly states: Table;
  readonly steps: Table;
  readonly results: Table;
  readonly reasons: Table;
  readonly compared: Table;
  readonly proofFile: string;
  readonly entryFile: string;
  readonly offline: string;
  readonly offlineNote: string;
  readonly copy: string;
  readonly copied: string;
  readonly keyNote: string;
}

/** Words of the proof in each language. */
export const PROOF: Texts<ProofTexts> = {
  nl: {
    title: 'Bewijs',
    about: 'Deze browser rekent zelf na wat hieronder staat; de server hoeft niet te worden geloofd.',
    noScript:
      'De controle in de browser heeft JavaScript nodig. Zonder kan het offline, met de opdracht hieronder.',
    noCrypto:
      'Deze browser biedt hier geen WebCrypto (alleen over https of op localhost). Controleer offline.',
    states: {
      ...{ waiting: 'nog niet nagerekend', verified: 'geverifieerd', pending: 'nog niet gedekt' },
      ...{
        pruned: 'rechtmatig opgeschoond',
        failed: 'klopt niet',
        unsupported: 'handtekening niet te controleren',
      },
    },
    steps: {
      signature: 'De kop van het logboek is ondertekend met de sleutel van het logboek',
      leaf: 'De bytes van deze regel geven de hash die is vastgelegd',
      cover: 'Een regel van het logboek verklaart dat deze inhoud is opgeschoond',
      inclusion: 'De hash leidt tot de ondertekende kop (Merkle-bewijs)',
      previous: 'Deze regel noemt de hash van de vorige regel',
      next: 'De volgende regel noemt de hash van deze regel',
    },
    results: {
      good: 'klopt',
      failed: 'klopt niet',
      pending: 'nog niet',
      skipped: 'overgeslagen',
      unsupported: 'kan niet',
    },
    reasons: {
      'note-malformed': 'de ondertekende kop is onleesbaar',
      'checkpoint-malformed': 'de kop is geen checkpoint',
      'signature-bad': 'de handtekening hoort niet bij deze kop',
      'key-unknown': 'de kop is door een andere sleutel ondertekend',
      'key-ambiguous': 'dezelfde sleutel is twee keer opgegeven',
      'key-malformed': 'de sleutel is geen geldige sleutel van dit logboek',
      'key-retired': 'de sleutel die nu geldt, heeft niet ondertekend',
      'rotation-bad': 'een nieuwe sleutel is niet door de vorige ondertekend',
      'other-origin': 'de kop is van een ander logboek',
      unsupported: 'deze browser kan geen Ed25519-handtekeningen controleren; doe dat offline',
      'leaf-differs': 'de bytes geven een andere hash: ze zijn veranderd',
      'not-an-entry': 'de bytes zijn geen logregel',
      'other-index': 'dit is een andere regel dan gevraagd',
      'body-missing': 'de inhoud ontbreekt en geen regel verklaart waarom',
      'cover-wrong': 'de regel die dit zou verklaren, doet dat niet',
      'proof-malformed': 'het bewijs is onleesbaar',
      'proof-other': 'het bewijs is van een andere regel of kop',
      'root-differs': 'de berekening leidt tot een andere wortel',
      'not-covered': 'nog geen ondertekende kop dekt deze regel',
      'prev-differs': 'de genoemde hash is een andere',
      'neighbour-pruned': 'de inhoud van de buurregel is weg; zijn hash staat op zijn plaats',
      newest: 'dit is de nieuwste regel',
      'no-evidence': 'de server gaf hier geen bewijs voor',
    },
    compared: { computed: 'berekend', expected: 'moet zijn', head: 'kop', key: 'sleutel' },
    proofFile: 'Bewijs downloaden (.tlog-proof)',
    entryFile: 'Bytes downloaden (.entry)',
    offline: 'Offline controleren',
    offlineNote:
      'Zet beide bestanden in één map. Neem de sleutel die u eerder elders hebt genoteerd, niet die van deze pagina.',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    keyNote: 'Controlesleutel volgens deze server; vergelijk hem met de sleutel die u elders bewaart:',
  },
  en: {
    title: 'Proof',
    about: 'This browser computes what is below by itself; the server need not be believed.',
    noScript: 'The check in the browser needs JavaScript. Without it, check offline with the command below.',
    noCrypto: 'This browser offers no WebCrypto here (only over https or on localhost). Check offline.',
    states: {
      ...{ waiting: 'not computed yet', verified: 'verified', pending: 'not covered yet' },
      ...{ pruned: 'pruned lawfully', failed: 'does not hold', unsupported: 'signature can’t be checked' },
    },
    steps: {
      signature: 'The head of the log is signed by the log’s key',
      leaf: 'The bytes of this entry give the hash that was recorded',
      cover: 'An entry of the log says that this body was pruned',
      inclusion: 'The hash leads to the signed head (Merkle proof)',
      previous: 'This entry names the hash of the one before',
      next: 'The next entry names the hash of this one',
    },
    results: {
      good: 'holds',
      failed: 'does not hold',
      pending: 'not yet',
      skipped: 'skipped',
      unsupported: 'can’t tell',
    },
    reasons: {
      'note-malformed': 'the signed head can’t be read',
      'checkpoint-malformed': 'the head is no checkpoint',
      'signature-bad': 'the signature is not one of this head',
      'key-unknown': 'the head is signed by another key',
      'key-ambiguous': 'the same key is given twice',
      'key-malformed': 'the key is no valid key of this log',
      'key-retired': 'the key that is in force did not sign',
      'rotation-bad': 'a new key is not signed by the one before',
      'other-origin': 'the head is of another log',
      unsupported: 'this browser can’t check Ed25519 signatures; do that offline',
      'leaf-differs': 'the bytes give another hash: they were changed',
      'not-an-entry': 'the bytes are no entry',
      'other-index': 'this is another entry than the one asked for',
      'body-missing': 'the body is missing and no entry says why',
      'cover-wrong': 'the entry that should say so does not',
      'proof-malformed': 'the proof can’t be read',
      'proof-other': 'the proof is of another entry or head',
      'root-differs': 'the computation leads to another root',
      'not-covered': 'no signed head covers this entry yet',
      'prev-differs': 'the hash that is named is another',
      'neighbour-pruned': 'the body of the neighbour is gone; its hash is in its place',
      newest: 'this is the newest entry',
      'no-evidence': 'the server gave no evidence for this',
    },
    compared: { computed: 'computed', expected: 'must be', head: 'head', key: 'key' },
    proofFile: 'Download the proof (.tlog-proof)',
    entryFile: 'Download the bytes (.entry)',
    offline: 'Check offline',
    offlineNote:
      'Put both files in one folder. Take the key that you noted elsewhere before, not the one of this page.',
    copy: 'Copy',
    copied: 'Copied',
    keyNote: 'Verifier key as this server gives it; compare it with the one that you keep elsewhere:',
  },
};
