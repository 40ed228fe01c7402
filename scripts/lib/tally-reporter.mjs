// A vitest reporter: writes what passed, failed and was skipped (with the reason) as JSON to the file that ZEGEL_TALLY names.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** A skipped `describe` carries no note; the file says what it needs. */
function reasonOf(test) {
  const note = test.result().note;
  if (note !== undefined) return note;
  if (/\(needs [^)]+\)/.test(test.fullName)) return 'as its name says';
  return readFileSync(test.module.moduleId, 'utf8').includes('../shared')
    ? 'needs ../shared'
    : 'no reason given';
}

function skippedOf(test) {
  return { file: relative(process.cwd(), test.module.moduleId), name: test.fullName, reason: reasonOf(test) };
}

export default class TallyReporter {
  onTestRunEnd(modules, unhandled, reason) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = suites.filter((suite) => suite.errors().length > 0).length + unhandled.length;
    const tally = {
      passed: inState('passed').length,
      failed: inState('failed').length + inState('pending').length + broken,
      skipped: inState('skipped').map(skippedOf),
      interrupted: reason === 'interrupted',
    };
    writeFileSync(process.env.ZEGEL_TALLY, JSON.stringify(tally));
  }
}
