import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildChanged } from './build.mjs';
import { checkSources } from './lint.mjs';
import { Launch, say, seconds, stepFailed } from './problems.mjs';
import { runCommand, stopAll } from './run.mjs';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];

/** What `AUDIT` may say: whether known holes in others' packages are asked for, and whether silence fails. Without it nothing outside is asked. */
const AUDITS = ['asked', 'needed'];
/** How the audit ends when no registry answered. */
const NOBODY_ANSWERED = 69;

/** Test files that may run a second time, alone: more of them failing at once is no accident of a busy machine. */
const MAY_RUN_AGAIN = 3;

/**
 * Everything that has to hold before a change is good, the quick and telling steps first. Steps that want one core stand
 * side by side. Ends with the line `N passed, N failed`; a step that is no test counts as one failure when it fails.
 */
export async function runTests(root) {
  const began = performance.now();
  const results = mkdtempSync(path.join(tmpdir(), 'baton-results-'));
  const totals = { passed: 0, failed: 0 };
  let audit;
  try {
    await checkTypes(root);
    audit = auditPackages(root, process.env.AUDIT);
    await together([
      () => checkSources(root),
      () => tests(root, { name: 'unit tests', projects: ['unit'], options: ['--maxWorkers=1'] }, results, totals),
    ]);
    const servers = { name: 'integration tests and browser journey', projects: ['integration', 'browser'], options: ['--maxWorkers=2'] };
    await tests(root, { ...servers, again: MAY_RUN_AGAIN }, results, totals);
  } catch (error) {
    if (!(error instanceof Launch)) throw error;
    say(`\n${error.message}`);
    // Failed tests are counted by jest already.
    if (!(error instanceof FailedTests)) totals.failed += 1;
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
  if ((await audit) === false) totals.failed += 1;
  say(`all steps: ${seconds(began)}\n`);
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
  return totals.failed === 0 ? 0 : 1;
}

class FailedTests extends Launch {}

async function checkTypes(root) {
  const began = performance.now();
  await buildChanged(root);
  say(`✓ types (${seconds(began)})`);
}

/** Asks for known holes beside the tests, which it does not stop. @returns false when there are some, or nobody answered who had to */
async function auditPackages(root, wanted) {
  if (!wanted) return true;
  if (!AUDITS.includes(wanted)) return (say(`✗ audit: AUDIT is ${AUDITS.join(' or ')}, or not there`), false);
  const began = performance.now();
  const lines = [];
  const args = [path.join(root, 'apps/sandbox/dist/audit/run.js'), '--needed'];
  const { code, signal } = await runCommand({ command: 'node', args, root, onLine: (line) => lines.push(line) });
  // Ended with the others: what failed is told already.
  if (signal === 'SIGTERM') return true;
  const passes = code === 0 || (code === NOBODY_ANSWERED && wanted === 'asked');
  const mark = code === 0 ? '✓' : passes ? '!' : '✗';
  say(`${mark} audit of others' packages: ${lines.join('\n  ')} (${seconds(began)})`);
  return passes;
}

/** Runs all at once; the first failure ends the others. */
async function together(steps) {
  const results = await Promise.allSettled(
    steps.map((step) =>
      step().catch((error) => {
        stopAll('SIGTERM');
        throw error;
      }),
    ),
  );
  // What was ended because of another's failure fails too; the cause came first.
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (failures.length > 0) throw failures.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))[0];
}

/**
 * Runs the tests of some projects. With `again`, up to so many files that failed run once more with the machine to themselves:
 * what passes then is told as unsteady, what fails twice has failed.
 */
async function tests(root, { again = 0, ...run }, results, totals) {
  const began = performance.now();
  const first = await jest(root, run, results);
  let report = first.report;
  let { passed, failed, broken } = first;
  const { length } = first.failedFiles;
  if (length > 0 && length <= again) {
    say(`… once more, alone: ${first.failedFiles.join(', ')}`);
    const second = await jest(root, { ...run, options: ['--maxWorkers=1', '--runTestsByPath', ...first.failedFiles] }, results);
    if (second.code === 0 && second.passed > 0) {
      say(`! unsteady, passed only the second time: ${first.failedFiles.join(', ')}\n${first.report}`);
      passed += failed;
      failed = broken = 0;
    } else report = `${report}\n${second.report}`;
  }
  totals.passed += passed;
  totals.failed += failed + broken;
  if (failed + broken === 0 && (first.code === 0 || first.failedFiles.length > 0)) {
    return say(`✓ ${run.name}: ${passed} passed (${seconds(began)})`);
  }
  throw stepFailed(failed + broken > 0 ? FailedTests : Launch, `✗ ${run.name}: ${failed + broken} failed\n${report}`);
}

async function jest(root, { name, projects, options }, results) {
  const output = path.join(results, `${projects.join('-')}.json`);
  const lines = [];
  say(`… ${name}`);
  const { code } = await runCommand({
    command: 'node',
    args: [
      ...JEST,
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      ...projects,
      '--json',
      `--outputFile=${output}`,
      '--passWithNoTests',
      ...options,
    ],
    root,
    onLine: (line) => {
      lines.push(line);
      if (/^(PASS|FAIL) /.test(line) || /^ {2}(Kafka|Postgres|Knowledge|Embedding|Docker)/.test(line)) say(`  ${line.trim()}`);
    },
  });
  return { code, report: lines.filter((line) => !/^(PASS|\{"num)/.test(line)).join('\n'), ...resultsOf(output) };
}

/** Tests by outcome, test files that could not be run at all, and the files in which something failed. */
function resultsOf(file) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults = [] } = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: numPassedTests,
      failed: numFailedTests,
      broken: numRuntimeErrorTestSuites,
      failedFiles: testResults.filter(({ status }) => status === 'failed').map(({ name }) => name),
    };
  } catch {
    return { passed: 0, failed: 0, broken: 0, failedFiles: [] };
  }
}
