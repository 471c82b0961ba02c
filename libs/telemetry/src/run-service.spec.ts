import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

// Each test starts a process, which compiles what it imports: how soon it gets to that is up to what else runs on the machine.
jest.setTimeout(20_000);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs a small service in a process of its own; `body` is what `create` does and returns. */
function service(
  body: string,
  stopWithinMs = 2_000,
): { child: ChildProcess; said: (word: string) => Promise<void>; ended: Promise<{ code: number | null; output: string }> } {
  const at = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(\`
      export async function resolve(specifier, context, next) {
        if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) return next(specifier.slice(0, -3) + '.ts', context);
        return next(specifier, context);
      }\`));
    const { runService } = await import(${at('./run-service.ts')});
    const log = (fields, line) => console.log(line ?? fields);
    const health = { liveness: () => undefined, stopping: () => console.log('not ready') };
    await runService({ name: 'it', health, stopWithinMs: ${stopWithinMs}, logger: { info: log, error: log, fatal: log }, create: async () => { ${body} } });
  `;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  return {
    child,
    said: async (word) => {
      while (!output.includes(word)) {
        const isOver = await Promise.race([once(child.stdout!, 'data').then(() => false), ended.then(() => true)]);
        if (isOver && !output.includes(word)) throw new Error(`it ended without saying "${word}": ${output}`);
      }
    },
    ended,
  };
}

const ALIVE = 'setInterval(() => undefined, 1000);';

describe('a service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s: first not ready, then closed, then exit code 0', async (signal) => {
    const { child, said, ended } = service(`${ALIVE} return { close: async () => console.log('closed') };`);
    await said('it is up');
    child.kill(signal);
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output.split('\n').filter(Boolean)).toEqual(['it is up', 'not ready', 'closed', 'it stopped']);
  });

  it('that is told to stop while it starts finishes its start, closes and exits with 0', async () => {
    const { child, said, ended } = service(
      `console.log('starting'); await new Promise((done) => setTimeout(done, 300)); return { close: async () => console.log('closed') };`,
    );
    await said('starting');
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect({ code, closed: output.includes('closed') }).toEqual({ code: 0, closed: true });
  });

  it('whose stop hangs is cut off with exit code 1', async () => {
    const { child, said, ended } = service(`${ALIVE} return { close: () => new Promise(() => undefined) };`, 100);
    await said('it is up');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(1);
  });

  it('that cannot start says so and exits with 1', async () => {
    const { ended } = service(`throw new Error('no database');`);
    const { code, output } = await ended;
    expect(code).toBe(1);
    expect(output).toContain('it could not start');
  });

  it.each([
    ['an error', `setTimeout(() => { throw new Error('lost'); }, 10);`],
    ['a rejection', `setTimeout(() => { void Promise.reject(new Error('lost')); }, 10);`],
  ])('ends with 1 when nobody caught %s', async (_, body) => {
    const { ended } = service(`${ALIVE} ${body} return { close: async () => undefined };`);
    expect((await ended).code).toBe(1);
  });
});
