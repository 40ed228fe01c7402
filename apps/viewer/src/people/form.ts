import type { Context } from 'hono';

/** Fields of a form or of an address, each with all its values. */
export interface Form {
  /** The first value, without space around it; empty where there is none. */
  readonly text: (name: string) => string;
  readonly all: (name: string) => readonly string[];
}

/** Most characters of a reason. */
export const MOST_REASON = 1000;
/** Fewer say nothing. */
const LEAST_REASON = 3;

/** The form that a request sent. Files in it are nothing. */
export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true });
  return formOf((name) => [body[name] ?? []].flat().filter((one) => typeof one === 'string'));
}

/** The query of an address, as a form. */
export function addressForm(c: Context): Form {
  return formOf((name) => c.req.queries(name) ?? []);
}

function formOf(all: (name: string) => readonly string[]): Form {
  return { all, text: (name) => (all(name)[0] ?? '').toWellFormed().trim() };
}

/** The reason that a form gives; undefined for none that would tell a reader anything. */
export function reasonOf(form: Form): string | undefined {
  const reason = form.text('reason');
  const { length } = reason;
  return length < LEAST_REASON || length > MOST_REASON || reason.includes('\0') ? undefined : reason;
}
