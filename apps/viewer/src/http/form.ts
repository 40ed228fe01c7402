import type { Context } from 'hono';

/** Texts of a posted form. A field that is not there, or is a file, is empty; of one that is there twice, the last counts. */
export type Form = (name: string) => string;

/** Reads a posted form. */
export async function readForm(c: Context): Promise<Form> {
  const fields = await c.req.parseBody();
  return (name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
}

/** All values of fields of one name, such as ticked boxes. */
export async function readAll(c: Context, name: string): Promise<readonly string[]> {
  const fields = await c.req.parseBody({ all: true });
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const values = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === 'string');
}
