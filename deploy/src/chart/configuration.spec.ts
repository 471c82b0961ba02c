import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { REPOSITORY } from '../place.js';
import { cases } from './chart.js';
import { readGolden } from './golden.js';
import { type EnvVariable, podsOf } from './manifest.js';

/** Read by Node and by OpenTelemetry, not by a service's own schema. */
const OTHERS = /^(NODE_OPTIONS|OTEL_[A-Z_]+)$/;

interface Asked {
  readonly what: string;
  readonly service: string;
  readonly env: Record<string, string>;
}
interface Answer {
  readonly unknown: readonly string[];
  readonly problems: readonly string[];
}

const KEY = Buffer.alloc(32, 7).toString('base64');

/** What a Pod would find in its environment: Secrets and files stand for what somebody else makes. */
function environmentOf(env: readonly EnvVariable[]): Record<string, string> {
  return Object.fromEntries(
    env.map(({ name, value }) => {
      if (value !== undefined) return [name, name.startsWith('KAFKA_TLS_') ? fileURLToPath(import.meta.url) : value];
      if (name.endsWith('DATABASE_URL')) return [name, 'postgres://service:secret@postgres:5432/baton'];
      return [name, name === 'FILES_KEEP_DAYS' ? '30' : KEY];
    }),
  );
}

/** Asks the built services' own schemas, in a process of its own: this package imports no app. */
function askSchemas(asked: readonly Asked[]): Answer[] {
  const script = `
    import { readFileSync } from 'node:fs';
    const { checkConfig } = await import('${REPOSITORY}libs/telemetry/dist/index.js');
    const answers = [];
    for (const { service, env } of JSON.parse(readFileSync(0, 'utf8'))) {
      const { ConfigSchema } = await import('${REPOSITORY}apps/' + service + '/dist/config.js');
      const known = Object.keys(ConfigSchema.shape);
      answers.push({ unknown: Object.keys(env).filter((name) => !known.includes(name)), problems: checkConfig(ConfigSchema, env).problems ?? [] });
    }
    console.log(JSON.stringify(answers));`;
  const options = { input: JSON.stringify(asked), encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options)) as Answer[];
}

describe('the environment of each service', () => {
  const asked = cases().flatMap((name) =>
    podsOf(readGolden(name))
      .filter(({ labels }) => labels['app.kubernetes.io/component'] === 'service')
      .map(({ labels, spec }): Asked => {
        const service = labels['app.kubernetes.io/name']!;
        return { what: `${name} ${service}`, service, env: environmentOf(spec.containers[0]!.env ?? []) };
      }),
  );
  let answers: readonly Answer[];
  beforeAll(() => {
    answers = askSchemas(asked);
  }, 30_000);

  it('is looked at in every case', () => {
    expect(asked.length).toBeGreaterThanOrEqual(4 * cases().length);
    expect(answers).toHaveLength(asked.length);
  });

  it('is complete and right, as the service itself says', () => {
    expect(answers.flatMap(({ problems }, at) => problems.map((problem) => `${asked[at]!.what}: ${problem}`))).toEqual([]);
  });

  it('has no variable that the service does not know', () => {
    const strange = answers.flatMap(({ unknown }, at) =>
      unknown.filter((name) => !OTHERS.test(name)).map((name) => `${asked[at]!.what}: ${name}`),
    );
    expect(strange).toEqual([]);
  });
});
