import { Launch, say, seconds, stepFailed } from './problems.mjs';
import { runCommand } from './run.mjs';

/** What can be said about the sources without running them: mistakes, who imports whom, and how they look. */
export async function checkSources(root) {
  await check(root, 'boundaries', 'depcruise', ['apps', 'libs', 'deploy/src', '--config', '.dependency-cruiser.mjs'], (output) => {
    const modules = Number(/(\d+) modules/.exec(output)?.[1]);
    return modules > 0 ? undefined : 'it looked at no module at all, so it proves nothing';
  });
  await check(root, 'format (`npm run format` puts it right)', 'prettier', ['--check', '--log-level', 'warn', '.']);
  await check(root, 'lint', 'eslint', ['.', '--max-warnings', '0']);
}

async function check(root, name, command, args, suspicion = () => undefined) {
  const began = performance.now();
  const lines = [];
  say(`… ${name}`);
  const { code } = await runCommand({ command, args, root, onLine: (line) => lines.push(line) });
  const doubt = code === 0 ? suspicion(lines.join('\n')) : undefined;
  if (code === 0 && doubt === undefined) return say(`✓ ${name} (${seconds(began)})`);
  throw stepFailed(
    Launch,
    `✗ ${name} failed${doubt === undefined ? '' : `: ${doubt}`}; \`npm run lint\` shows it alone:\n${lines.slice(0, 60).join('\n')}`,
  );
}
