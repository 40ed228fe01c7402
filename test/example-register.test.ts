/**
 * The example register against the privacy policy it was taken from: every sentence of the policy
 * is either a statement that the register keeps, or stands in a list of those that say nothing a
 * register holds. The policy itself is no part of the project and may be absent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseRegister, type RegisterDocument } from '@zegel/log';
import { describe, expect, test } from 'vitest';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const POLICY = path('../../shared/seed/privacy-policy-nl.txt');
const TEXT = readFileSync(path('../examples/voorbeeld/register.json'), 'utf8');

const register: RegisterDocument = parseRegister(JSON.parse(TEXT));
const RECIPIENTS = register.recipients === '*' ? {} : register.recipients;
const NAW = ['name', 'address', 'city'];
/** Members of the European Economic Area among the countries that the register could name. */
const EEA = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
);

type Activity = RegisterDocument['activities'][string];

function activity(key: string): Activity {
  const found = register.activities[key];
  if (!found) throw new Error(`the register has no activity ${key}`);
  return found;
}

/** Keys of the fields; none of the example's activities takes just any. */
function fieldsOf({ fields }: Activity): readonly string[] {
  return fields === '*' ? [] : fields;
}

function recipient(key: string): { readonly name: string; readonly country: string; readonly role: string } {
  const found = RECIPIENTS[key];
  if (!found) throw new Error(`the register has no recipient ${key}`);
  return found;
}

/** The activity has the fields of the policy, and besides them those that its purpose speaks of. */
function fieldsAre(key: string, ofPolicy: readonly string[], besides: readonly string[] = []): void {
  expect(fieldsOf(activity(key)).toSorted()).toEqual([...ofPolicy, ...besides].sort());
}

function purposeSays(key: string, dutch: RegExp, english: RegExp): void {
  expect(activity(key).purpose.nl).toMatch(dutch);
  expect(activity(key).purpose.en).toMatch(english);
}

function basisIs(key: string, basis: string): void {
  expect(activity(key).basis).toBe(basis);
}

function retentionIs(key: string, ...terms: readonly object[]): void {
  expect(activity(key).retention).toEqual(terms);
}

function givesTo(key: string, ...recipients: readonly string[]): void {
  expect(activity(key).recipients).toEqual(expect.arrayContaining([...recipients]));
}

function knowsEvent(key: string, dutch: RegExp): void {
  expect(register.events?.[key]?.nl).toMatch(dutch);
}

/** In short what the policy says, the sentence that says it, and how the register keeps it. */
type Statement = readonly [says: string, sentence: RegExp, kept: () => void];

interface Section {
  /** Found in the heading, or for a section named after a company in its text. */
  readonly section: RegExp;
  readonly statements: readonly Statement[];
}

const SECTIONS: readonly Section[] = [
  {
    section: /^Privacy policy/,
    statements: [
      [
        'ask us what we hold',
        /neem dan contact met ons op/,
        () => expect(register.controller.contact).toContain('@'),
      ],
      ['dated 5 March 2019', /^Opgemaakt: 05 maart 2019$/, () => expect(register.date).toBe('2019-03-05')],
    ],
  },
  {
    section: /^Afhandelen bestelling/,
    statements: [
      [
        'data serves to handle an order',
        /een bestelling plaatst/,
        () => purposeSays('order-handling', /bestelling afhandelen/, /handling your order/i),
      ],
      [
        'the delivery service is given data',
        /aan onze bezorgdienst geven/,
        () => givesTo('order-handling', 'delivery'),
      ],
      [
        'bank or credit card company on payments',
        /bank of creditcardmaatschappij/,
        () => givesTo('order-handling', 'bank', 'credit-card-company'),
      ],
      [
        'data used for orders',
        /^Hiervoor gebruiken wij je betalingsgegevens, naw/,
        () =>
          fieldsAre(
            'order-handling',
            ['payment', ...NAW, 'ip-address', 'email', 'phone', 'billing-address'],
            ['order'],
          ),
      ],
      ['orders on consent', /op basis van je toestemming/, () => basisIs('order-handling', 'consent')],
      [
        'six months after the order and seven years',
        /zes maanden nadat je bestelling is afgerond en zeven jaar/,
        () => retentionIs('order-handling', { after: 'order-completed', period: 'P6M', then: 'P7Y' }),
      ],
    ],
  },
  {
    section: /^Toegang dashboard/,
    statements: [
      [
        'customers set and change things for their reachability',
        /instellen, opgeven en wijzigen voor de bereikbaarheid/,
        () => {
          purposeSays('dashboard', /bereikbaar/, /reached/);
          expect(activity('dashboard').actions).toBeUndefined();
        },
      ],
      [
        'what was done and when is kept as evidence',
        /wat je gedaan hebt en wanneer, zodat daar bewijs van is/,
        () => {
          purposeSays('dashboard', /bewijs/, /evidence/);
          expect(activity('dashboard').fields).toContain('dashboard-actions');
          // Evidence that may be missing is none.
          expect(activity('dashboard').policy ?? 'strict').toBe('strict');
        },
      ],
      [
        'data used for the dashboard',
        /^Hiervoor gebruiken wij je naw.*profielfoto/,
        () =>
          fieldsAre(
            'dashboard',
            [...NAW, 'billing-address', 'ip-address', 'phone', 'email', 'profile-photo'],
            ['dashboard-settings', 'dashboard-actions'],
          ),
      ],
      ['the dashboard on consent', /op basis van je toestemming/, () => basisIs('dashboard', 'consent')],
      [
        'six months after the service',
        /zes maanden na het einde van de dienstverlening/,
        () => retentionIs('dashboard', { after: 'service-ended', period: 'P6M' }),
      ],
    ],
  },
  {
    section: /^Contactformulier en Nieuwsbrief/,
    statements: [
      [
        'questions and requests by a form',
        /^Met het contactformulier/,
        () => purposeSays('contact-form', /vraag of aanvraag/, /question or request/),
      ],
      [
        'data used for the form',
        /^Hiervoor gebruiken wij je e-mailadres/,
        () => fieldsAre('contact-form', ['email', 'ip-address', 'phone', ...NAW], ['message']),
      ],
      [
        'the form and the newsletter on consent',
        /op basis van je toestemming/,
        () => {
          for (const key of ['contact-form', 'service-training', 'newsletter']) basisIs(key, 'consent');
        },
      ],
      [
        'until satisfied and six months',
        /tevreden bent met onze reactie en zes maanden daarna/,
        () => {
          for (const key of ['contact-form', 'service-training'])
            retentionIs(key, { after: 'customer-satisfied', period: 'P6M' });
        },
      ],
      [
        'at hand for further questions',
        /bij vervolgvragen/,
        () => purposeSays('contact-form', /vervolgvragen/, /ask further/),
      ],
      [
        'customer service is trained with them',
        /onze klantenservice trainen/,
        () =>
          purposeSays('service-training', /klantenservice nog beter/, /customer service gets even better/),
      ],
      [
        'a newsletter to subscribe to',
        /abonneren op onze nieuwsbrief/,
        () => expect(register.tables?.['newsletter_subscribers']?.person).toBe('subscriber'),
      ],
      [
        'news, tips and information',
        /nieuwtjes, tips en informatie/,
        () => purposeSays('newsletter', /nieuwtjes, tips en informatie/, /news, tips and information/),
      ],
      ['ends whenever one likes', /op ieder moment opzeggen/, () => knowsEvent('unsubscribed', /opgezegd/)],
      [
        'the e-mail address goes on the list',
        /toegevoegd aan de lijst van abonnees/,
        () => {
          fieldsAre('newsletter', ['email'], ['subscription']);
          expect(activity('newsletter').persons).toEqual(expect.arrayContaining(['subscriber', 'contact']));
        },
      ],
      [
        'kept until unsubscribed',
        /bewaard totdat je het abonnement opzegt/,
        () => retentionIs('newsletter', { until: 'unsubscribed' }),
      ],
    ],
  },
  {
    section: /^Je account/,
    statements: [
      [
        'a user name is chosen',
        /een gebruikersnaam kiezen/,
        () => expect(activity('account').fields).toContain('username'),
      ],
      [
        'log-in by user name and password',
        /inloggen met die gebruikersnaam en een zelfgekozen wachtwoord/,
        () => {
          purposeSays('account', /inloggen/, /log in/);
          expect(activity('account').fields).toContain('password');
        },
      ],
      [
        'data used for the account',
        /^Hiervoor gebruiken wij je naw/,
        () =>
          fieldsAre(
            'account',
            [...NAW, 'phone', 'email', 'ip-address', 'billing-address'],
            ['username', 'password', 'login-token'],
          ),
      ],
      ['the account on consent', /op basis van je toestemming/, () => basisIs('account', 'consent')],
      [
        'six months after closing the account',
        /zes maanden nadat je het account hebt opgeheven/,
        () => retentionIs('account', { after: 'account-closed', period: 'P6M' }),
      ],
      [
        'so as not to fill in everything again, and to be reached',
        /niet steeds opnieuw in hoeft te vullen/,
        () =>
          purposeSays(
            'account',
            /niet steeds opnieuw.*makkelijker kunnen benaderen/,
            /each time and we can reach you/,
          ),
      ],
      [
        'data can be changed by the account',
        /via je account informatie aanpassen/,
        () => expect(activity('account').actions ?? ['update']).toContain('update'),
      ],
    ],
  },
  {
    section: /^Andere partijen/,
    statements: [
      [
        'nobody else but where needed or where the law says so',
        /niet aan andere bedrijven of instanties, behalve/,
        () => {
          for (const key of [
            'contact-form',
            'service-training',
            'newsletter',
            'account',
            'dashboard',
            'marketing',
            'cookies',
          ]) {
            expect(activity(key).recipients, key).toBeUndefined();
          }
        },
      ],
      [
        'fraud may be reported to the police',
        /vermoeden van fraude aangifte mogen doen bij de politie/,
        () => {
          givesTo('fraud-report', 'police');
          basisIs('fraud-report', 'legitimate-interest');
          expect(recipient('police')).toMatchObject({ role: 'authority', country: 'NL' });
        },
      ],
    ],
  },
  {
    section: /^Reclame/,
    statements: [
      [
        'advertising on offers, products and services',
        /reclame sturen over aanbiedingen/,
        () =>
          purposeSays(
            'marketing',
            /aanbiedingen en nieuwe producten of diensten/,
            /offers and new products or services/,
          ),
      ],
      [
        'by post, e-mail, social media and telephone',
        /per post, per e-mail, via social media en per telefoon/,
        () =>
          fieldsAre(
            'marketing',
            [...NAW, 'email', 'social-media-account', 'phone'],
            ['marketing-preferences'],
          ),
      ],
      [
        'one may object at any time',
        /op ieder moment bezwaar maken/,
        () => {
          basisIs('marketing', 'legitimate-interest');
          retentionIs('marketing', { until: 'objection' });
        },
      ],
    ],
  },
  {
    section: /^Verstrekking aan andere/,
    statements: [
      [
        'the police where the law obliges',
        /wettelijk verplicht zijn \(bijvoorbeeld als de politie/,
        () => {
          basisIs('legal-disclosure', 'legal-obligation');
          givesTo('legal-disclosure', 'police');
          expect(activity('legal-disclosure').actions).toContain('disclose');
        },
      ],
      [
        'certain companies work with us',
        /^Wij werken met bepaalde bedrijven samen/,
        () => {
          const named = Object.values(register.activities).flatMap((each) => each.recipients ?? []);
          expect(Object.keys(RECIPIENTS).sort()).toEqual([...new Set(named)].sort());
        },
      ],
      [
        'partners may get data to deliver what was bought',
        /leveren wat je hebt gekocht/,
        () => purposeSays('order-handling', /laten bezorgen/, /delivered/),
      ],
      [
        'some are outside the European Union',
        /buiten de Europese Unie/,
        () => {
          const outside = Object.values(RECIPIENTS).filter(({ country }) => !EEA.includes(country));
          expect(outside.length).toBeGreaterThan(0);
          for (const { role } of outside) expect(role, 'bound by agreement').toBe('processor');
        },
      ],
    ],
  },
  {
    section: /^Cookies/,
    statements: [
      [
        'the website sets cookies',
        /^Onze website gebruikt cookies/,
        () => expect(activity('cookies').fields).toContain('cookie'),
      ],
      [
        'to remember what was filled in',
        /niet steeds hoeft in te vullen/,
        () => purposeSays('cookies', /niet steeds hoeft in te vullen/, /need not fill it in each time/),
      ],
      [
        'to see a visitor return',
        /dat je ons weer bezoekt/,
        () => purposeSays('cookies', /ons weer bezoekt/, /visit us again/),
      ],
      [
        'taken as not objected to',
        /nemen wij aan dat je geen bezwaar hebt/,
        () => basisIs('cookies', 'legitimate-interest'),
      ],
    ],
  },
  {
    section: /^Google Analytics/,
    statements: [
      [
        'tracks how visitors use the website',
        /om bij te houden hoe bezoekers/,
        () => {
          givesTo('website-statistics', 'google-analytics');
          expect(activity('website-statistics').fields).toContain('website-visit');
        },
      ],
      [
        'is a processor',
        /verwerkersovereenkomst/,
        () => expect(recipient('google-analytics').role).toBe('processor'),
      ],
      [
        'anonymises IP addresses',
        /IP-adressen anonimiseren/,
        () => {
          purposeSays('website-statistics', /anonimiseren de IP-adressen/, /anonymise the IP addresses/);
          expect(activity('website-statistics').fields).toContain('ip-address');
        },
      ],
    ],
  },
  {
    section: /^Leadinfo/,
    statements: [
      [
        'Leadinfo from Rotterdam measures business use',
        /Leadinfo uit Rotterdam/,
        () => {
          givesTo('business-visits', 'leadinfo');
          expect(recipient('leadinfo').name).toContain('Rotterdam');
          expect(recipient('leadinfo').country).toBe('NL');
        },
      ],
      [
        'shows names and addresses of companies by IP address',
        /bedrijfsnamen en -adressen op basis van IP-adressen/,
        () => fieldsAre('business-visits', ['company-name', 'company-address', 'ip-address']),
      ],
      [
        'the IP address itself is not recorded',
        /niet opgenomen/,
        () => {
          purposeSays('business-visits', /niet wordt opgenomen/, /not recorded/);
          expect(register.fields['ip-address']?.columns?.join()).not.toContain('business_visits');
        },
      ],
    ],
  },
  {
    section: /^LinkedIN/,
    statements: [
      [
        'tracks how visitors use the website',
        /om bij te houden hoe bezoekers/,
        () => givesTo('website-statistics', 'linkedin'),
      ],
      [
        'is a processor',
        /verwerkersovereenkomst/,
        () => expect(recipient('linkedin').role).toBe('processor'),
      ],
      [
        'anonymises IP addresses',
        /IP-adressen anonimiseren/,
        () => purposeSays('website-statistics', /LinkedIn.*anonimiseren/, /LinkedIn.*anonymise/),
      ],
    ],
  },
  {
    section: /een klantenservice via chat, telefoon/,
    statements: [
      [
        'a chat service tracks use and carries customer service',
        /een klantenservice via chat, telefoon/,
        () => {
          givesTo('customer-chat', 'chat-service');
          purposeSays('customer-chat', /chat, telefoon en e-mail/, /chat, telephone and e-mail/);
          expect(activity('customer-chat').persons).toEqual(['visitor', 'customer']);
        },
      ],
      [
        'data used for the chat service',
        /^Hiervoor gebruiken we je naw/,
        () =>
          fieldsAre(
            'customer-chat',
            [...NAW, 'billing-address', 'ip-address', 'phone', 'email', 'profile-photo'],
            ['website-visit', 'conversation'],
          ),
      ],
      [
        'the chat service on consent',
        /op basis van je toestemming/,
        () => basisIs('customer-chat', 'consent'),
      ],
      [
        'is a processor',
        /verwerkersovereenkomst/,
        () => expect(recipient('chat-service').role).toBe('processor'),
      ],
      [
        'six months after the last contact and/or the service',
        /6 maanden na het laatste contactmoment en\/of na het einde/,
        () =>
          retentionIs(
            'customer-chat',
            { after: 'last-contact', period: 'P6M' },
            { after: 'service-ended', period: 'P6M' },
          ),
      ],
    ],
  },
  {
    section: /^Beveiliging/,
    statements: [
      [
        'access by user name and login token',
        /gebruikersnaam en een login token/,
        () => expect(activity('account').fields).toEqual(expect.arrayContaining(['username', 'login-token'])),
      ],
      [
        'every retrieval of personal data is logged',
        /logs bij van alle opvragingen/,
        () => {
          for (const [key, { actions }] of Object.entries(register.activities)) {
            expect(actions ?? ['read'], key).toContain('read');
          }
        },
      ],
    ],
  },
  {
    section: /^Wijzigingen in deze/,
    statements: [
      [
        'new versions have a date',
        /op de datum hierboven/,
        () => expect(register.date).toMatch(/^\d{4}-\d\d-\d\d$/),
      ],
    ],
  },
  {
    section: /^Inzage en wijzigen/,
    statements: [
      [
        'one may ask which data there is',
        /welke persoonsgegevens wij van jou hebben, kun je altijd/,
        () => {
          basisIs('data-subject-requests', 'legal-obligation');
          const secret = ['password', 'login-token'];
          const shown = [...fieldsOf(activity('data-subject-requests')), ...secret].sort();
          expect(shown).toEqual(Object.keys(register.fields).sort());
        },
      ],
      ['right to explanation', /^- uitleg krijgen/, () => knowsEvent('explanation', /uitleg/)],
      ['right of access', /^- inzage/, () => knowsEvent('access', /inzage/)],
      ['right to rectification', /^- het laten corrigeren/, () => knowsEvent('rectification', /correctie/)],
      ['right to erasure', /^- het laten verwijderen/, () => knowsEvent('erasure', /verwijdering/)],
      [
        'right to withdraw consent',
        /^- intrekken van toestemming/,
        () => knowsEvent('consent-withdrawn', /ingetrokken/),
      ],
      ['right to object', /^- bezwaar maken/, () => knowsEvent('objection', /bezwaar/)],
      [
        'one makes clear who one is',
        /duidelijk aangeeft wie je bent/,
        () => {
          expect(activity('data-subject-requests').fields).toContain('identity-check');
          purposeSays('data-subject-requests', /zeker is wie het vraagt/, /certain who asks/);
        },
      ],
    ],
  },
  {
    section: /^Klacht indienen/,
    statements: [
      [
        'right to complain',
        /een klacht in te dienen bij de toezichthouder/,
        () => {
          knowsEvent('complaint', /klacht/);
          givesTo('data-subject-requests', 'data-protection-authority');
        },
      ],
      [
        'to the Autoriteit Persoonsgegevens',
        /heet de Autoriteit Persoonsgegevens/,
        () =>
          expect(recipient('data-protection-authority')).toMatchObject({
            name: 'Autoriteit Persoonsgegevens',
            role: 'authority',
          }),
      ],
    ],
  },
];

/** Sentences that hold nothing for a register: courtesy, measures of security, how to unsubscribe, addresses. */
const ASIDES: readonly RegExp[] = [
  /van groot belang/,
  /ons dan ook aan de privacywet/,
  /^Dit betekent dat je gegevens veilig/,
  /^In deze privacyverklaring leggen we uit/,
  /afmeldlink/,
  /^Via je account kun je dit ook doorgeven/,
  /^Bij bepaalde onderdelen van onze website/,
  /^In elke brief staat/,
  /de afmeldoptie gebruiken/,
  /als je wordt gebeld/,
  /^Deze partners kunnen dus/,
  /strikte afspraken/,
  /tonen wij een melding met uitleg/,
  /het plaatsen van cookies uitschakelen/,
  /afspraken gemaakt over het gebruik van de cookies/,
  /geen volledige controle/,
  /^Lees dus ook hun/,
  /niet toegestaan de verkregen/,
  /mag de gegevens niet voor andere doeleinden/,
  /nemen wij de volgende maatregelen/,
  /in een apart, afgeschermd systeem/,
  /Secure Sockets Layer/,
  /VPN/,
  /moeten wij natuurlijk ook de privacyverklaring aanpassen/,
  /wijzigingen ook apart aan te kondigen/,
  /^Zie de contactgegevens/,
  /^Je hebt de volgende rechten/,
  /B\.V\.$/,
  /^\d{4}\s?[A-Z]{2} \S+ \S+@\S+$/,
  /^Telefoon:/,
];

interface Part {
  readonly heading: string;
  readonly sentences: readonly string[];
}

/** The policy in sections of sentences. A heading is a short line without a full stop. */
function readPolicy(): readonly Part[] {
  const parts: { heading: string; sentences: string[] }[] = [];
  // A paragraph that goes on in lower case after an empty line is one paragraph.
  const text = readFileSync(POLICY, 'utf8').replaceAll(/(?<=[^.:;!?\n])\n+(?=\p{Ll})/gu, ' ');
  for (const line of text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    if (/^\p{Lu}[^.:!?]{0,48}$/u.test(line)) parts.push({ heading: line, sentences: [] });
    else parts.at(-1)?.sentences.push(...line.split(/(?<=[.?!])\s+(?=\p{Lu})/u));
  }
  return parts;
}

function isAbout({ section }: Section, { heading, sentences }: Part): boolean {
  return section.test(heading) || sentences.some((sentence) => section.test(sentence));
}

describe('the register keeps what the policy says', () => {
  for (const { section, statements } of SECTIONS) {
    test.each(statements)(`${section.source}: %s`, (_says, _sentence, kept) => {
      expect.hasAssertions();
      kept();
    });
  }
});

describe.skipIf(!existsSync(POLICY))('the policy says it (needs ../shared)', () => {
  const parts = existsSync(POLICY) ? readPolicy() : [];

  for (const section of SECTIONS) {
    test.each(section.statements)(`${section.section.source}: %s`, (_says, sentence) => {
      const sentences = parts.filter((part) => isAbout(section, part)).flatMap((part) => part.sentences);
      expect(sentences.filter((each) => sentence.test(each))).toHaveLength(1);
    });
  }

  test('every sentence is a statement or an aside', () => {
    const left = parts.flatMap((part) => {
      const statements = SECTIONS.filter((section) => isAbout(section, part)).flatMap(
        (section) => section.statements,
      );
      const known = [...statements.map(([, sentence]) => sentence), ...ASIDES];
      return part.sentences.filter((sentence) => !known.some((pattern) => pattern.test(sentence)));
    });
    expect(parts.length).toBeGreaterThan(15);
    expect(left).toEqual([]);
  });

  test('every aside is one', () => {
    const sentences = parts.flatMap((part) => part.sentences);
    expect(ASIDES.filter((aside) => !sentences.some((sentence) => aside.test(sentence)))).toEqual([]);
  });

  test('the company itself is not named', () => {
    const name = /(\w+) B\.V\./.exec(readFileSync(POLICY, 'utf8'))?.[1] ?? '';
    expect(name.length).toBeGreaterThan(3);
    expect(TEXT.toLowerCase()).not.toContain(name.toLowerCase());
  });
});

describe('the register on its own', () => {
  test('describes every field, table, person and event that it speaks of, and no more', () => {
    const used = Object.values(register.activities).flatMap(fieldsOf);
    expect(Object.keys(register.fields).sort()).toEqual([...new Set(used)].sort());
    const columns = Object.values(register.fields).flatMap((field) => field.columns ?? []);
    expect([...new Set(columns.map((column) => column.split('.')[0] ?? ''))].sort()).toEqual(
      Object.keys(register.tables ?? {}).sort(),
    );
    expect(new Set(columns).size, 'a column is one field').toBe(columns.length);
  });

  test('every field lives in a column', () => {
    for (const [key, { columns }] of Object.entries(register.fields))
      expect(columns?.length, key).toBeGreaterThan(0);
  });

  test('an event that starts or ends a term has words', () => {
    const terms = Object.values(register.activities).flatMap(({ retention }) => retention ?? []);
    const events = terms.map((term) => ('until' in term ? term.until : term.after));
    for (const event of events) expect(register.events?.[event]?.en, event).toBeTruthy();
  });

  test('no term outlasts the maximum', () => {
    const months = (period = 'P0M'): number => {
      const [, years = '0', rest = '0'] = /^P(?:(\d+)Y)?(?:(\d+)M)?$/.exec(period) ?? [];
      return Number(years) * 12 + Number(rest);
    };
    const terms = Object.values(register.activities).flatMap(({ retention }) => retention ?? []);
    const longest = Math.max(
      ...terms.map((term) => ('until' in term ? 0 : months(term.period) + months(term.then))),
    );
    expect(longest).toBe(90);
    expect(months(register.maximum)).toBeGreaterThanOrEqual(longest);
  });

  test('speaks Dutch and English, and not the one for the other', () => {
    for (const [key, { name, purpose }] of Object.entries(register.activities)) {
      expect(purpose.nl, key).not.toBe(purpose.en);
      expect(purpose.nl, key).toMatch(/\.$/);
      expect(purpose.en, key).toMatch(/\.$/);
      expect(name.nl.length * name.en.length, key).toBeGreaterThan(0);
    }
  });
});
