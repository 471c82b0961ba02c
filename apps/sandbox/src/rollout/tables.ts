import path from 'node:path';
import { spawnService } from '@baton/testing';
import { type Ground, knowledgeEnv, WITH_TABLES } from '../platform/services.js';
import type { Build } from './build.js';

/**
 * Runs the migrations of a build, service by service, as its Job does, and says how long each took.
 * @throws Error with the last lines of the one that failed
 */
export async function migrate(build: Build, ground: Ground, say: (line: string) => void = () => undefined): Promise<void> {
  for (const app of WITH_TABLES) {
    const lines: string[] = [];
    const began = performance.now();
    const child = spawnService({
      name: `${app} migrations`,
      entry: path.join(build.root, `apps/${app}/dist/migrate.js`),
      env: { ...knowledgeEnv(ground.local.knowledgeUrl, ground.run), DATABASE_URL: ground.databaseUrl },
      onLine: (line) => lines.push(line),
    });
    const { code } = await child.exited;
    if (code !== 0) throw new Error(`the migrations of ${app} failed:\n${lines.slice(-15).join('\n')}`);
    say(`  migrations of ${app}, ${build.name} build: ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  }
}
