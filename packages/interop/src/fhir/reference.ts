import { at, textAt } from '../json.ts';

/** Whom or what a FHIR Reference names. */
export interface Named {
  /** Resource type, where the reference says it. */
  readonly type: string | undefined;
  /** The id in its own server; an absolute reference as it is; `system|value`; or a display text. */
  readonly id: string;
  readonly by: 'reference' | 'identifier' | 'display';
}

// A literal reference (R4 §2.3.0.1): base, type, id, version. The version is not part of who somebody is.
const LITERAL =
  /^(https?:\/\/.+\/)?([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(\/_history\/[A-Za-z0-9.-]{1,64})?$/;

/** Reads a Reference by its literal reference, else its identifier, else its display. */
export function named(reference: unknown, contained: readonly unknown[]): Named | undefined {
  const type = textAt(reference, 'type');
  const literal = textAt(reference, 'reference');
  const fromLiteral = literal === undefined ? undefined : byLiteral(literal, type, contained);
  return (
    fromLiteral ??
    byIdentifier(at(reference, 'identifier'), type) ??
    byDisplay(textAt(reference, 'display'), type)
  );
}

function byLiteral(
  literal: string,
  type: string | undefined,
  contained: readonly unknown[],
): Named | undefined {
  if (literal.startsWith('#'))
    return byContained(contained.find((one) => at(one, 'id') === literal.slice(1)));
  const match = LITERAL.exec(literal);
  if (match === null) return { type: type ?? conditionalType(literal), id: literal, by: 'reference' };
  const [, base, resource = '', id = ''] = match;
  // Two servers number their patients alike, so a base that is given stays part of the id.
  return { type: resource, id: base === undefined ? id : `${base}${resource}/${id}`, by: 'reference' };
}

// R4 §3.1.0.11.3: `Patient?identifier=…` in a transaction.
function conditionalType(literal: string): string | undefined {
  return /^([A-Z][A-Za-z]{1,63})\?/.exec(literal)?.[1];
}

/** A contained resource has no identity of its own beyond its identifiers. */
function byContained(resource: unknown): Named | undefined {
  const identifiers = at(resource, 'identifier');
  const list: readonly unknown[] = Array.isArray(identifiers) ? identifiers : [identifiers];
  const type = textAt(resource, 'resourceType');
  return list.map((one) => byIdentifier(one, type)).find((one) => one !== undefined);
}

function byIdentifier(identifier: unknown, type: string | undefined): Named | undefined {
  const value = textAt(identifier, 'value');
  if (value === undefined) return undefined;
  const system = textAt(identifier, 'system');
  return { type, id: system === undefined ? value : `${system}|${value}`, by: 'identifier' };
}

function byDisplay(display: string | undefined, type: string | undefined): Named | undefined {
  return display === undefined ? undefined : { type, id: display, by: 'display' };
}
