// npm test: types, format, lint, unused code, packages, then every test but the long ones.
// npm run test:long: the long ones. A check counts as a test in the last line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attach, capture, node24, root, tool } from './lib/process.mjs';
import { setup } from './setup.mjs';

const MINUTE = 60_000;
const long = process.argv.includes('--long');
const projects = long ? ['long'] : ['unit', 'across'];
const limit = long ? 51 * MINUTE : 28 * MINUTE;

const checks = [
  ['types', tool('tsc'), ['-b']],
  ['format', tool('biome'), ['format', '--colors=off', '.']],
  ['lint', tool('oxlint'), ['--deny-warnings']],
  ['unused', tool('knip'), ['--no-progress']],
  ['packages', node24, [join(root, 'scripts/lib/check-packages.mjs')]],
];

async function check([name, command, args]) {
  const began = performance.now();
  const { code, output } = await capture(command, args, { timeout: 5 * MINUTE });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
  process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  return code === 0;
}

/** Counts of the tests; a run that ended without its tally counts as one failure. */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'zegel-tally-'));
  const file = join(folder, 'tally.json');
  const reporter = join(root, 'scripts/lib/tally-reporter.mjs');
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    `--reporter=${reporter}`,
  ];
  if (long) args.push('--passWithNoTests');
  try {
    const code = await attach(tool('vitest'), args, { env: { ZEGEL_TALLY: file }, timeout: limit });
    const tally = JSON.parse(readFileSync(file, 'utf8'));
    const unexplained = code !== 0 && tally.failed === 0 ? 1 : 0;
    return { ...tally, failed: tally.failed + unexplained };
  } catch {
    process.stdout.write('FAIL the tests ended before they could be counted (time-out, or see above)\n');
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function byReason(skipped) {
  const groups = new Map();
  for (const test of skipped) {
    const key = `${test.file}: ${test.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  return groups;
}

function printSkipped(skipped) {
  for (const [group, tests] of byReason(skipped)) {
    process.stdout.write(`skipped ${tests.length} in ${group}\n`);
    for (const { name } of tests.slice(0, 5)) process.stdout.write(`  ${name}\n`);
    if (tests.length > 5) process.stdout.write(`  and ${tests.length - 5} more\n`);
  }
}

await setup();
const results = [];
if (!long) for (const each of checks) results.push(await check(each));
const tests = await runTests();
printSkipped(tests.skipped);
const passed = tests.passed + results.filter(Boolean).length;
const failed = tests.failed + results.filter((good) => !good).length;
process.stdout.write(`${passed} passed, ${failed} failed, ${tests.skipped.length} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
