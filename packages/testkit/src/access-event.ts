import fc from 'fast-check';

/** The names that events may use; `*` is not among them, give real ones. */
export interface RegisterNames {
  /** Activities, each with the fields and, if not all, the actions and recipients that it allows. */
  readonly activities: Readonly<
    Record<
      string,
      {
        readonly fields: readonly string[];
        readonly actions?: readonly string[];
        readonly recipients?: readonly string[];
      }
    >
  >;
  readonly persons: readonly string[];
  readonly roles: readonly string[];
}

/** Person of an event. */
export interface EventPerson {
  readonly type: string;
  readonly id: string;
}

/**
 * An access event as a caller gives it. Written down here a second time on purpose: a slip in the
 * library's own type would otherwise slip through its tests as well.
 */
export interface AccessEventInput {
  readonly action: string;
  readonly activity: string;
  readonly actor: {
    readonly kind: string;
    readonly type?: string;
    readonly id?: string;
    readonly role?: string;
    readonly ip?: string;
    readonly userAgent?: string;
  };
  readonly subjects: readonly (EventPerson & { readonly involvement?: string })[];
  readonly fields: readonly string[];
  readonly service: string;
  readonly occurred?: string;
  readonly operation?: string;
  readonly recipient?: string;
  readonly case?: string;
  readonly onBehalfOf?: EventPerson;
  readonly confidential?: boolean;
  readonly reason?: string;
  readonly outcome?: string;
  readonly id?: string;
  readonly trace?: { readonly trace: string; readonly span: string };
}

const ACTIONS = ['read', 'search', 'create', 'update', 'delete', 'export', 'disclose', 'execute'];

/** Text of 1 to 256 bytes of UTF-8 without NUL: an identifier of a person, a case, a caller's own id. */
export const identifier: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-'.split('')),
      minLength: 1,
      maxLength: 20,
    }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }),
  )
  .filter((text) => isIdentifier(text));

function isIdentifier(text: string): boolean {
  const bytes = new TextEncoder().encode(text).length;
  return bytes >= 1 && bytes <= 256 && !text.includes('\0') && text.isWellFormed();
}

/** Names of services and operations: `[a-z0-9][a-z0-9._-]{0,63}`. */
export const operationName: fc.Arbitrary<string> = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);

const hex = (digits: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: digits, maxLength: digits })
    .filter((text) => /[1-9a-f]/.test(text));

/** A valid access event within the names of a register. Every optional key comes and goes. */
export function accessEvent(names: RegisterNames): fc.Arbitrary<AccessEventInput> {
  return fc
    .constantFrom(...Object.entries(names.activities))
    .chain(([activity, { fields, actions, recipients }]) =>
      fc.record(
        {
          action: fc.constantFrom(...(actions ?? ACTIONS)),
          activity: fc.constant(activity),
          actor: actorOf(names),
          subjects: fc.array(subjectOf(names), { maxLength: 5 }),
          fields: fc.subarray([...fields]),
          service: operationName,
          occurred: fc
            .date({
              min: new Date(Date.UTC(1990, 0)),
              max: new Date(Date.UTC(2026, 10, 22)),
              noInvalidDate: true,
            })
            .map((date) => date.toISOString()),
          operation: operationName,
          ...(recipients === undefined || recipients.length === 0
            ? {}
            : { recipient: fc.constantFrom(...recipients) }),
          case: identifier,
          onBehalfOf: personOf(names),
          confidential: fc.boolean(),
          reason: fc
            .string({ unit: 'binary', minLength: 1, maxLength: 200 })
            .filter((text) => text.isWellFormed()),
          outcome: fc.constantFrom('begun', 'success', 'denied', 'error'),
          id: identifier,
          trace: fc.record({ trace: hex(32), span: hex(16) }),
        },
        { requiredKeys: ['action', 'activity', 'actor', 'subjects', 'fields', 'service'] },
      ),
    );
}

function personOf(names: RegisterNames): fc.Arbitrary<EventPerson> {
  return fc.record({ type: fc.constantFrom(...names.persons), id: identifier });
}

function subjectOf(names: RegisterNames): fc.Arbitrary<AccessEventInput['subjects'][number]> {
  return fc.record(
    {
      type: fc.constantFrom(...names.persons),
      id: identifier,
      involvement: fc.constantFrom('target', 'shown', 'related'),
    },
    { requiredKeys: ['type', 'id'] },
  );
}

function actorOf(names: RegisterNames): fc.Arbitrary<AccessEventInput['actor']> {
  const sealed = {
    ip: fc.oneof(fc.ipV4(), fc.ipV6()),
    userAgent: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 120 }),
  };
  // The type defaults to the kind, so only kinds that are persons of the register can do without one.
  const kinds = ['employee', 'customer', 'system'];
  const known = kinds.filter((kind) => names.persons.includes(kind));
  const role: { readonly role?: fc.Arbitrary<string> } =
    names.roles.length === 0 ? {} : { role: fc.constantFrom(...names.roles) };
  const typed = fc.record(
    {
      kind: fc.constantFrom(...kinds),
      type: fc.constantFrom(...names.persons),
      id: identifier,
      ...role,
      ...sealed,
    },
    { requiredKeys: ['kind', 'type', 'id'] },
  );
  const anonymous = fc.record({ kind: fc.constant('anonymous'), ...sealed }, { requiredKeys: ['kind'] });
  if (known.length === 0) return fc.oneof(typed, anonymous);
  const plain = fc.record(
    { kind: fc.constantFrom(...known), id: identifier, ...role, ...sealed },
    { requiredKeys: ['kind', 'id'] },
  );
  return fc.oneof(typed, plain, anonymous);
}
