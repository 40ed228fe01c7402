import type { NoticeCode } from '../checks/notice.ts';
import type { Texts } from './texts.ts';

/** What each finding means to somebody who has to act on it. */
export const FINDING_WORDS: Texts<Readonly<Record<NoticeCode, string>>> = {
  nl: {
    'leaf-hash': 'De inhoud van deze regel is na het vastleggen gewijzigd.',
    'not-canonical':
      'De regel staat niet in de vorm waarin het logboek regels schrijft. Iemand anders heeft haar geschreven.',
    'unknown-key': 'De regel bevat een gegeven dat bij deze soort regel niet bestaat.',
    'unknown-version':
      'De regel is van een versie die deze controle niet kent. Gebruik een nieuwere versie van Zegel.',
    malformed: 'Een waarde in de regel kan niet kloppen.',
    'prev-broken':
      'De keten is hier verbroken: vóór deze regel is iets gewijzigd, weggehaald of tussengevoegd.',
    'index-gap': 'Vóór deze regel ontbreken regels.',
    'index-repeat': 'Dit regelnummer komt twee keer voor.',
    'id-repeat': 'Dit kenmerk is al eerder gebruikt.',
    'part-missing': 'Van een gebeurtenis over meer regels ontbreken delen.',
    'part-apart': 'De delen van één gebeurtenis staan niet achter elkaar.',
    'part-unequal': 'De delen van één gebeurtenis spreken elkaar tegen.',
    'recorded-back': 'De tijd van vastleggen loopt terug, zonder dat het logboek zegt waarom.',
    'control-broken':
      'Uit de keten van bijzondere regels is iets verdwenen, zoals een register, een bewaarplicht of een vernietiging.',
    'genesis-missing': 'Het begin van het logboek ontbreekt.',
    'genesis-repeat': 'Er is een tweede begin: twee logboeken zijn samengevoegd.',
    'genesis-origin': 'Dit is een ander logboek dan verwacht.',
    'register-unknown':
      'De regel noemt een activiteit, gegeven, rol of ontvanger die niet in het register staat.',
    'register-version': 'De regel noemt een versie van het register die er toen niet was.',
    'register-superseded':
      'De regel volgt een ouder register. Dat is gewoon zolang diensten met een nieuw register herstarten.',
    'source-hole': 'Van een afzender zijn gebeurtenissen onderweg verloren gegaan.',
    'occurred-after': 'De gebeurtenis zou na het vastleggen zijn gebeurd. Kijk naar de klok van de afzender.',
    'clock-corrected': 'Een regel verklaart dat eerdere tijden van vastleggen onjuist zijn.',
    'root-mismatch': 'De regels geven niet de uitkomst die is ondertekend. Vanaf hier is niets meer bewezen.',
    'signature-bad': 'Een handtekening klopt niet.',
    'signature-unknown':
      'Het logboek is ondertekend met een sleutel die hier niet wordt vertrouwd. Een andere sleutel is een ander logboek.',
    'key-retired': 'Er is ondertekend met een sleutel die al was vervangen.',
    'unsigned-tail': 'Aan het einde staan regels die niemand heeft ondertekend.',
    truncated: 'Het einde van het logboek is afgeknipt, of er is een oude kopie teruggezet.',
    forked:
      'Er is een andere geschiedenis dan die eerder is gezien. Bewaar beide handtekeningen: samen zijn zij het bewijs.',
    stale: 'De nieuwste regel is ouder dan zou moeten. Legt de dienst nog vast?',
    'body-missing': 'De inhoud van een regel is weg en geen regel zegt waarom.',
    pruned: 'De inhoud is verwijderd volgens een bewaartermijn.',
    'pruned-early': 'Inhoud is verwijderd vóór de datum die de verwijdering zelf noemt.',
    'pruned-hold': 'Inhoud is verwijderd terwijl een bewaarplicht gold.',
    'mention-unopened':
      'De kluis noemt voor deze regel een andere persoon dan is vastgelegd: de kluis is gewijzigd.',
    'handle-unknown': 'Een persoon in deze regel is uit de kluis verdwenen zonder dat een regel dat zegt.',
    'handle-undead': 'Een persoon die vernietigd had moeten zijn, staat nog in de kluis.',
    'handle-reused': 'Een regel gebruikt een persoon die al was vernietigd.',
    'commitment-wrong': 'Een verzegeld deel is niet wat erover is vastgelegd.',
    'index-differs':
      'De zoekindex zegt iets anders dan het logboek. Wat u ziet, komt altijd uit het logboek; er kan wel iets ontbreken in een zoekresultaat.',
    'tree-hash': 'Een bewaarde tussenuitkomst van het bewijs klopt niet.',
    'id-table': 'De lijst van kenmerken wijkt af van het logboek.',
    'store-damaged':
      'Het bestand zelf is beschadigd. Een kapotte schijf en een wijziging zien er hier hetzelfde uit.',
    'race-lost':
      'In de opslag staan pogingen die een ander voor was. Hun inhoud staat verderop in het logboek; er is niets mis mee.',
    'log-gone': 'Het logboek is weg, terwijl het er was.',
    'memory-damaged':
      'Wat hier van eerdere controles werd onthouden, is weg of onleesbaar. Wie een logboek wijzigt, wil dat dit wordt vergeten.',
  },
  en: {
    'leaf-hash': 'The content of this entry was changed after it was recorded.',
    'not-canonical': 'The entry is not in the form in which the log writes entries. Somebody else wrote it.',
    'unknown-key': 'The entry has a value that its kind does not have.',
    'unknown-version':
      'The entry is of a version that this check does not know. Use a newer release of Zegel.',
    malformed: 'A value in the entry can not be right.',
    'prev-broken': 'The chain is broken here: something before this entry was changed, taken out or put in.',
    'index-gap': 'Entries are missing before this one.',
    'index-repeat': 'This entry number occurs twice.',
    'id-repeat': 'This identifier was used before.',
    'part-missing': 'An event over several entries lacks parts.',
    'part-apart': 'The parts of one event do not follow each other.',
    'part-unequal': 'The parts of one event contradict each other.',
    'recorded-back': 'Recorded time goes back, and the log does not say why.',
    'control-broken':
      'Something was taken out of the chain of special entries, such as a register, a hold or a destruction.',
    'genesis-missing': 'The beginning of the log is missing.',
    'genesis-repeat': 'There is a second beginning: two logs were put together.',
    'genesis-origin': 'This is another log than the one expected.',
    'register-unknown':
      'The entry names an activity, field, role or recipient that the register does not have.',
    'register-version': 'The entry names a version of the register that was not there yet.',
    'register-superseded':
      'The entry follows an older register. That is normal while services restart with a new one.',
    'source-hole': 'Events of a sender were lost on the way.',
    'occurred-after':
      'The event is said to have happened after it was recorded. Look at the clock of the sender.',
    'clock-corrected': 'An entry declares earlier recorded times false.',
    'root-mismatch': 'The entries do not give the result that was signed. From here on nothing is proved.',
    'signature-bad': 'A signature is not right.',
    'signature-unknown': 'The log is signed by a key that is not trusted here. Another key is another log.',
    'key-retired': 'A key signed that had been replaced.',
    'unsigned-tail': 'There are entries at the end that nobody has signed.',
    truncated: 'The end of the log was cut off, or an old copy was put back.',
    forked:
      'There is another history than the one that was seen before. Keep both signatures: together they are the proof.',
    stale: 'The newest entry is older than it should be. Does the service still log?',
    'body-missing': 'The content of an entry is gone, and no entry says why.',
    pruned: 'The content was removed under a retention period.',
    'pruned-early': 'Content was removed before the date that the removal itself names.',
    'pruned-hold': 'Content was removed while a hold was in force.',
    'mention-unopened':
      'The vault names another person for this entry than was recorded: the vault was changed.',
    'handle-unknown': 'A person in this entry is gone from the vault, and no entry says so.',
    'handle-undead': 'A person who should be destroyed is still in the vault.',
    'handle-reused': 'An entry uses a person who had been destroyed.',
    'commitment-wrong': 'A sealed part is not what was recorded about it.',
    'index-differs':
      'The search index says otherwise than the log. What you see always comes from the log; but a search may miss something.',
    'tree-hash': 'A stored intermediate result of the proof is wrong.',
    'id-table': 'The list of identifiers differs from the log.',
    'store-damaged': 'The file itself is damaged. A broken disk and a change look alike here.',
    'race-lost':
      'The storage holds attempts that came second to another. Their content is further on in the log; nothing is wrong.',
    'log-gone': 'The log is gone, and it was there.',
    'memory-damaged':
      'What was remembered here of earlier checks is gone or unreadable. Who changes a log would like it to be forgotten.',
  },
};
