import type { Dice } from './dice.ts';
import { type Fact, HOUR, MINUTE, type Moment } from './moment.ts';
import {
  CONTACTS,
  CUSTOMERS,
  customers,
  employee,
  outsider,
  persons,
  program,
  staff,
  VISITORS,
} from './people.ts';

const SEARCHES = 170;
const CHATS = 70;

/** The service desk: the contact form, the chat, and looking customers up. */
export function desk(dice: Dice): { readonly moments: Moment[]; readonly facts: Fact[] } {
  const forms = CONTACTS.map((contact) => ({ contact, at: dice.roll() * 8 * HOUR }));
  const moments = [
    ...forms.flatMap(({ contact, at }) => contactForm(dice, contact, at)),
    ...Array.from({ length: CHATS }, () => chat(dice)).flat(),
    ...Array.from({ length: SEARCHES }, () => lookUp(dice)),
  ];
  const satisfied = forms.filter((_, n) => n % 5 === 0);
  const facts = satisfied.map(({ contact, at }) => ({
    at: at + 2 * HOUR,
    event: 'customer-satisfied',
    activity: 'contact-form',
    person: { type: 'contact', id: contact },
  }));
  return { moments, facts };
}

function contactForm(dice: Dice, contact: string, at: number): Moment[] {
  const common = {
    activity: 'contact-form',
    service: 'website',
    subjects: persons('contact', [contact]),
  } as const;
  const support = employee(dice.pick(staff('support')), 'support');
  const read = at + dice.between(3, 60) * MINUTE;
  const fields = ['name', 'email', 'message'];
  return [
    {
      at,
      event: {
        ...common,
        action: 'create',
        operation: 'form.send',
        actor: outsider('contact', contact),
        fields,
      },
    },
    { at: read, event: { ...common, action: 'read', operation: 'form.show', actor: support, fields } },
    {
      at: read + 6 * MINUTE,
      event: { ...common, action: 'update', operation: 'form.answer', actor: support, fields: ['message'] },
    },
  ];
}

function chat(dice: Dice): Moment[] {
  const [type, id] = dice.happens(0.5)
    ? (['customer', dice.pick(CUSTOMERS)] as const)
    : (['visitor', dice.pick(VISITORS)] as const);
  const at = dice.roll() * 9 * HOUR;
  const common = { activity: 'customer-chat', service: 'chat', subjects: persons(type, [id]) } as const;
  const support = employee(dice.pick(staff('support')), 'support');
  return [
    {
      at,
      event: {
        ...common,
        action: 'create',
        operation: 'chat.start',
        actor: outsider(type, id),
        fields: ['conversation'],
      },
    },
    {
      at: at + 20_000,
      event: {
        ...common,
        action: 'disclose',
        operation: 'chat.relay',
        recipient: 'chat-service',
        actor: program('chat-link'),
        fields: ['name', 'conversation'],
      },
    },
    {
      at: at + 2 * MINUTE,
      event: {
        ...common,
        action: 'read',
        operation: 'chat.answer',
        actor: support,
        fields: ['name', 'conversation'],
      },
    },
  ];
}

// What was sought is never told, only who was shown.
function lookUp(dice: Dice): Moment {
  return {
    at: dice.roll() * 9.8 * HOUR,
    event: {
      action: 'search',
      activity: 'order-handling',
      operation: 'customer.find',
      service: 'desk',
      actor: employee(dice.pick(staff('support')), 'support'),
      subjects: customers(...dice.some(CUSTOMERS, dice.between(0, 8))),
      fields: ['name', 'city'],
    },
  };
}
