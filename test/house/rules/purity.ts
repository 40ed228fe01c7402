import type { Source } from '../lib/source.ts';
import { nameOf, type Node, walk } from '../lib/walk.ts';

/** Functions over bytes, without input or output. */
const PURE = new Set(['node:buffer']);
const CORE = 'packages/core/src/';
const CRYPTO = `${CORE}crypto.ts`;

/** Globals through which the world comes in. */
const WORLD = new Set(
  (
    'process console performance globalThis require fetch navigator Worker WebSocket ' +
    'setTimeout setInterval setImmediate queueMicrotask'
  ).split(' '),
);
const WORLD_MEMBERS = new Set(['Date.now', 'Math.random', 'Temporal.Now']);
const RANDOM = /^(?:random(?:Bytes|FillSync|Fill|UUID|Int)|getRandomValues|randombytes_\w+)$/;

/** Input, output, clock, randomness or a logger in core. */
export function purity(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => path.startsWith(CORE))
    .flatMap((source) => [...imports(source), ...uses(source)]);
}

function imports({ path, imports: all }: Source): readonly string[] {
  const outside = all.filter(({ from }) => from === undefined || (!from.startsWith('.') && !PURE.has(from)));
  const bad =
    path === CRYPTO
      ? outside.filter(({ from }) => from !== 'node:crypto' && from?.startsWith('@noble/') !== true)
      : outside;
  return bad.map(({ from, line }) => `${path}:${line} core imports ${from ?? 'something computed'}`);
}

function uses(source: Source): readonly string[] {
  const found: string[] = [];
  walk(source.program, (node, parent) => {
    const what = impure(node, parent);
    if (what !== undefined) found.push(`${source.path}:${source.lineOf(node.start)} core uses ${what}`);
  });
  return found;
}

function impure(node: Node, parent: Node | undefined): string | undefined {
  const args = node['arguments'];
  const isCall = node.type === 'NewExpression' || node.type === 'CallExpression';
  if (isCall && nameOf(node['callee']) === 'Date' && Array.isArray(args) && args.length === 0)
    return 'the clock (Date)';
  if (node.type === 'MemberExpression') {
    const member = `${nameOf(node['object'])}.${nameOf(node['property'])}`;
    return WORLD_MEMBERS.has(member) ? member : undefined;
  }
  const name = nameOf(node);
  if (name === undefined) return undefined;
  if (RANDOM.test(name)) return name;
  return WORLD.has(name) && isReference(node, parent) ? name : undefined;
}

/** False where an identifier only names a property or a key. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent['object'] === node || parent['computed'] === true;
  const named = [
    'Property',
    'PropertyDefinition',
    'MethodDefinition',
    'TSPropertySignature',
    'TSMethodSignature',
  ];
  return parent === undefined || !named.includes(parent.type) || parent['key'] !== node;
}
