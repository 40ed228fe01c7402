import { visitorKeys } from 'oxc-parser';

/** A node of the syntax tree, with what every node has. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** True for a value that is a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes directly below. */
export function childrenOf(node: Node): readonly Node[] {
  const keys: readonly string[] = visitorKeys[node.type] ?? [];
  return keys.flatMap((key) => node[key]).filter(isNode);
}

/** Calls `visit` for a node and everything below it, parents first. */
export function walk(
  node: unknown,
  visit: (node: Node, parent: Node | undefined) => void,
  parent?: Node,
): void {
  if (!isNode(node)) return;
  visit(node, parent);
  for (const child of childrenOf(node)) walk(child, visit, node);
}

/** Name of an identifier node, undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string'
    ? node['name']
    : undefined;
}

/** Value of a string literal node, with `as const` or without; undefined for anything else. */
export function stringOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSAsExpression') return stringOf(node['expression']);
  if (node.type === 'TSLiteralType') return stringOf(node['literal']);
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}
