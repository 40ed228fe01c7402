import { isShipped, type Source } from '../lib/source.ts';
import { childrenOf, isNode, type Node, walk } from '../lib/walk.ts';

/** Limits of a house whose files can be read at one sitting. */
export const LIMITS = {
  fileLines: 250,
  fileMedian: 70,
  functionLines: 70,
  functionMedian: 10,
  nesting: 4,
} as const;

const BRANCHES = /^(?:If|For|ForIn|ForOf|While|DoWhile|Switch|Try)Statement$/;

/** Files and functions over a limit, and medians over theirs. */
export function sizes(all: readonly Source[]): readonly string[] {
  const sources = all.filter(({ path }) => isShipped(path));
  const functions = sources.flatMap(functionsOf);
  const long = functions.filter(({ lines }) => lines > LIMITS.functionLines);
  const deep = functions.filter(({ depth }) => depth > LIMITS.nesting);
  return [
    ...sources
      .filter(({ lines }) => lines > LIMITS.fileLines)
      .map(({ path, lines }) => `${path} has ${lines} lines`),
    ...long.map(({ at, lines }) => `${at} function of ${lines} lines`),
    ...deep.map(({ at, depth }) => `${at} nesting of ${depth}`),
    ...over(
      'lines of a file',
      sources.map(({ lines }) => lines),
      LIMITS.fileMedian,
    ),
    ...over(
      'lines of a function',
      functions.map(({ lines }) => lines),
      LIMITS.functionMedian,
    ),
  ];
}

function over(what: string, values: readonly number[], limit: number): readonly string[] {
  const value = median(values);
  return value > limit ? [`median of the ${what} is ${value}, over ${limit}`] : [];
}

/** Middle value, the lower one of two; 0 of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

interface Measured {
  readonly at: string;
  readonly lines: number;
  readonly depth: number;
}

/** Every function with a block body. */
export function functionsOf(source: Source): readonly Measured[] {
  const found: Measured[] = [];
  walk(source.program, (node) => {
    const body = node['body'];
    const isFunction = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
    if (!isFunction || !isNode(body) || body.type === 'TSEmptyBodyFunctionExpression') return;
    if (!/^(?:BlockStatement|FunctionBody)$/.test(body.type)) return;
    const first = source.lineOf(node.start);
    const lines = source.lineOf(node.end) - first + 1;
    found.push({ at: `${source.path}:${first}`, lines, depth: depthOf(body) });
  });
  return found;
}

/** Deepest nesting of branches and loops below a node; an `else if` is no deeper than its `if`. */
function depthOf(node: Node, parent?: Node): number {
  if (parent !== undefined && /Function/.test(node.type)) return 0;
  const isElseIf =
    node.type === 'IfStatement' && parent?.type === 'IfStatement' && parent['alternate'] === node;
  const own = BRANCHES.test(node.type) && !isElseIf ? 1 : 0;
  return own + Math.max(0, ...childrenOf(node).map((child) => depthOf(child, node)));
}
