import { randomBytes } from 'node:crypto';
import { textsOf } from '../body.ts';
import { addMessage, answerMessage, openMessages, readMessage } from '../data/messages.ts';
import { type App, type Kit, problem } from '../kit.ts';

const FORM = ['name', 'address', 'city', 'email', 'phone', 'message'] as const;
const ID_BYTES = 6;

/** The contact form and those who answer it. */
export function messageRoutes(app: App, { db, guard, capture }: Kit): void {
  const { access, persons } = capture;

  app.post(
    '/contact',
    capture.audited('contact-form', {
      action: 'create',
      subjects: 'discovered',
      fields: [...FORM, 'ip-address'],
    }),
    async (c) => {
      const form = await textsOf(c, FORM);
      const { name, address, city, email, phone, message } = form ?? {};
      if (!name || !address || !city || !email || !phone || !message)
        return problem(c, 400, `The form has ${FORM.join(', ')}.`);
      const contact_id = `k-${randomBytes(ID_BYTES).toString('hex')}`;
      access.saw(persons.contact(contact_id));
      const sender = { contact_id, ip_address: null, answer: null };
      await addMessage(db, { ...sender, name, address, city, email, phone, message });
      return c.body(null, 204);
    },
  );

  app.get(
    '/messages',
    guard(['support'], 'contact-form', {
      action: 'search',
      subjects: 'discovered',
      fields: ['name', 'message'],
    }),
    async (c) => {
      const found = await openMessages(db);
      access.saw(found.map(({ contact_id }) => persons.contact(contact_id)));
      return c.json(found);
    },
  );

  app.get(
    '/messages/:number',
    guard(['support'], 'contact-form', { action: 'read', subjects: 'discovered', fields: FORM }),
    async (c) => {
      const found = await readMessage(db, Number(c.req.param('number')));
      access.saw(found === undefined ? [] : [persons.contact(found.contact_id)]);
      return found === undefined ? problem(c, 404, 'There is no such message.') : c.json(found);
    },
  );

  app.put(
    '/messages/:number/answer',
    guard(['support'], 'contact-form', { action: 'update', subjects: 'discovered', fields: ['message'] }),
    async (c) => {
      const given = await textsOf(c, ['answer']);
      if (given?.answer === undefined) return problem(c, 400, 'What is the answer? {"answer": "…"}');
      const whose = await answerMessage(db, Number(c.req.param('number')), given.answer);
      access.saw(whose === undefined ? [] : [persons.contact(whose)]);
      return whose === undefined ? problem(c, 404, 'There is no such message.') : c.body(null, 204);
    },
  );
}
