import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Checkout } from './testkit/checkout.js';

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout();
  jest({ unit: { passed: 3, failed: 0 }, integration: { passed: 2, failed: 0 } });
});

afterEach(() => checkout.remove());

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Files with a failure; run once more by their paths, they pass or fail again. */
  readonly files?: readonly string[];
  readonly failsAgain?: boolean;
  /** Test files that could not be run at all. */
  readonly broken?: number;
}

/** A stand-in that writes the results that jest would write, by the first project it is asked for. */
function jest(outcomes: Record<string, Outcome>): void {
  checkout.file(
    'node_modules/jest/bin/jest.js',
    `const { writeFileSync } = require('node:fs');
     const project = process.argv[process.argv.indexOf('--selectProjects') + 1];
     const isAgain = process.argv.includes('--runTestsByPath');
     const outcome = (${JSON.stringify(outcomes)})[project];
     const { passed, failed, broken = 0, files = [] } = isAgain && !outcome.failsAgain ? { ...outcome, failed: 0, broken: 0, files: [] } : outcome;
     const file = process.argv.find((one) => one.startsWith('--outputFile=')).slice('--outputFile='.length);
     writeFileSync(file, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numRuntimeErrorTestSuites: broken,
       testResults: files.map((name) => ({ name, status: 'failed' })) }));
     console.error('PASS ' + project + ' some.spec.ts');
     if (failed) console.error('  ● a visitor who reconnects sees it twice');
     process.exit(failed + broken > 0 ? 1 : 0);`,
  );
}

async function test(env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; lines: string[] }> {
  const { code, output } = await checkout.launch(['test'], env).ended;
  return { code, lines: output.trim().split('\n') };
}

describe('npm test', () => {
  it('runs every check and ends with the sum of all tests alone on a line', async () => {
    const { code, lines } = await test();
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('5 passed, 0 failed');
    expect(checkout.calls().map((call) => call.split(' ')[0])).toEqual(
      expect.arrayContaining(['npm', 'tsc', 'depcruise', 'prettier', 'eslint']),
    );
    for (const step of ['types', 'boundaries', 'format', 'lint', 'unit tests', 'integration tests']) {
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^✓ ${step}.* \\(\\d+\\.\\d s\\)$`)));
    }
  });

  it('counts what failed, shows it, and does not go on', async () => {
    jest({ unit: { passed: 3, failed: 2 }, integration: { passed: 2, failed: 0 } });
    const { code, lines } = await test();
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('3 passed, 2 failed');
    expect(lines).toContain('  ● a visitor who reconnects sees it twice');
    expect(lines.join('\n')).not.toContain('integration');
  });

  it('counts a test file that could not be run as failed', async () => {
    jest({ unit: { passed: 3, failed: 0 }, integration: { passed: 2, failed: 0, broken: 1 } });
    const { code, lines } = await test();
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('5 passed, 1 failed');
  });

  it('runs few failed files with servers once more, alone, and tells which of them are unsteady', async () => {
    const files = ['a.int.spec.ts', 'b.int.spec.ts'];
    jest({ unit: { passed: 3, failed: 0 }, integration: { passed: 2, failed: 2, files } });
    const { code, lines } = await test();
    expect(code).toBe(0);
    expect(lines).toContain('! unsteady, passed only the second time: a.int.spec.ts, b.int.spec.ts');
    expect(lines).toContain('  ● a visitor who reconnects sees it twice');
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
  });

  it.each([
    ['files that fail twice', { passed: 2, failed: 1, files: ['a.int.spec.ts'], failsAgain: true }],
    ['many files that fail at once', { passed: 2, failed: 4, files: ['a', 'b', 'c', 'd'] }],
  ])('takes %s for failed', async (_what, integration) => {
    jest({ unit: { passed: 3, failed: 0 }, integration });
    const { code, lines } = await test();
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe(`5 passed, ${integration.failed} failed`);
  });

  it('takes a failed check for a failure and says how to see it alone', async () => {
    checkout.tool('installed/eslint', 'echo "a promise that nobody waits for"; exit 1');
    const { code, lines } = await test();
    expect(code).toBe(1);
    expect(lines).toContain('✗ lint failed; `npm run lint` shows it alone:');
    expect(lines).toContain('a promise that nobody waits for');
    expect(lines.at(-1)).toMatch(/^\d+ passed, 1 failed$/);
  });

  it('does not believe a check of the boundaries that looked at nothing', async () => {
    checkout.tool('installed/depcruise', 'echo "no violations (0 modules, 0 dependencies cruised)"');
    const { code, lines } = await test();
    expect(code).toBe(1);
    expect(lines).toContain('✗ boundaries failed: it looked at no module at all, so it proves nothing; `npm run lint` shows it alone:');
  });

  it('asks nobody outside unless it is told to', async () => {
    checkout.program('audit/run', 'process.exit(1);');
    const { code, lines } = await test();
    expect([code, lines.some((line) => line.includes('audit'))]).toEqual([0, false]);
  });

  it.each([
    ['no hole passes', 'asked', 0, '✓', 0],
    ['a hole fails', 'asked', 1, '✗', 1],
    ['silence is told and passes', 'asked', 69, '!', 0],
    ['silence fails where an answer is needed', 'needed', 69, '✗', 1],
  ])('looks others’ packages up beside all tests: %s', async (_what, AUDIT, ends, mark, failed) => {
    checkout.program('audit/run', `console.error('so it is'); process.exit(${ends});`);
    const { code, lines } = await test({ AUDIT });
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${mark} audit of others' packages: so it is \\(\\d`)));
    expect([code, lines.at(-1)]).toEqual([failed, `5 passed, ${failed} failed`]);
  });

  it('does not guess what a wrong word about the audit means', async () => {
    const { code, lines } = await test({ AUDIT: 'need' });
    expect([code, lines.at(-1)]).toEqual([1, '5 passed, 1 failed']);
    expect(lines).toContain('✗ audit: AUDIT is asked or needed, or not there');
  });

  it('stops at what does not compile', async () => {
    checkout.tool('installed/tsc', 'echo "start.ts(1,1): error TS1005"; exit 2');
    const { code, lines } = await test();
    expect(code).toBe(1);
    expect(lines).toContain('start.ts(1,1): error TS1005');
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
  });
});
