import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildChanged } from './build.mjs';
import { checkSources } from './lint.mjs';
import { Launch, say, seconds, stepFailed } from './problems.mjs';
import { runCommand, stopAll } from './run.mjs';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];

/**
 * Everything that has to hold before a change is good, the quick and telling steps first. Steps that want one core stand
 * side by side. Ends with the line `N passed, N failed`; a step that is no test counts as one failure when it fails.
 */
export async function runTests(root) {
  const began = performance.now();
  const results = mkdtempSync(path.join(tmpdir(), 'baton-results-'));
  const totals = { passed: 0, failed: 0 };
  try {
    await checkTypes(root);
    await together([() => checkSources(root), () => tests(root, 'unit tests', ['unit'], ['--maxWorkers=1'], results, totals)]);
    await tests(root, 'integration tests and browser journey', ['integration', 'browser'], ['--maxWorkers=2'], results, totals);
  } catch (error) {
    if (!(error instanceof Launch)) throw error;
    say(`\n${error.message}`);
    // Failed tests are counted by jest already.
    if (!(error instanceof FailedTests)) totals.failed += 1;
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
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

async function tests(root, name, projects, options, results, totals) {
  const began = performance.now();
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
      if (/^(PASS|FAIL) /.test(line) || /^ {2}(Kafka|Postgres|Docker)/.test(line)) say(`  ${line.trim()}`);
    },
  });
  const { passed, failed, broken } = countsOf(output);
  totals.passed += passed;
  totals.failed += failed + broken;
  if (code === 0 && failed + broken === 0) return say(`✓ ${name}: ${passed} passed (${seconds(began)})`);
  const report = lines.filter((line) => !/^(PASS|\{"num)/.test(line)).join('\n');
  throw stepFailed(failed + broken > 0 ? FailedTests : Launch, `✗ ${name}: ${failed + broken} failed\n${report}`);
}

/** Tests by outcome, and test files that could not be run at all. */
function countsOf(file) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, broken: numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0, broken: 0 };
  }
}
