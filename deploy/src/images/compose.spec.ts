import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { REPOSITORY } from '../place.js';
import { IMAGES } from './images.js';

/** docker-compose.yml as it is written, before Docker Compose fills variables in. */

interface Service {
  readonly image?: string;
  readonly build?: { readonly args: { readonly APP: string } };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly restart?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly profiles?: readonly string[];
}

const read = (file: string): string => readFileSync(path.join(REPOSITORY, file), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const text = read('docker-compose.yml');
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: object };
const all = Object.entries(services);
const ours = all.filter(([, service]) => service.build);
const once = ours.filter(([, service]) => service.restart === 'no');
const lasting = ours.filter(([, service]) => service.restart !== 'no');
const appOf = ({ build }: Service): string => build!.args.APP;

describe('docker-compose.yml', () => {
  it('runs every image', () => {
    expect([...new Set(ours.map(([, service]) => appOf(service)))].sort()).toEqual(IMAGES.map((image) => image.name).sort());
  });

  it.each(all)('%s is of a named version', (_name, { image }) => {
    expect(image).toMatch(/:(?!latest)(\$\{BATON_VERSION:-)?v?\d+\.\d+[\w.-]*\}?$/);
  });

  it.each(ours)('%s is confined', (_name, service) => {
    expect(service).toMatchObject({ user: '65532:65532', read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.image).toBe(`\${BATON_IMAGES:-baton}/${appOf(service)}:\${BATON_VERSION:-${version}}`);
  });

  it.each(all.filter(([, service]) => service.ports))('%s listens on this machine only', (_name, { ports }) => {
    for (const port of ports!) expect(port).toMatch(/^127\.0\.0\.1:(\d+|\$\{\w+_PORT:-\d*\}):\d+$/);
  });

  it.each([...lasting, ...all.filter(([, service]) => !service.build)])('%s says how it is', (name, { healthcheck }) => {
    // The demo bot listens nowhere.
    if (name === 'demo-bot') expect(healthcheck).toEqual({ disable: true });
    else expect(healthcheck?.test?.length).toBeGreaterThan(1);
  });

  it.each(ours.filter(([, service]) => service.command))('%s runs a program that its image has', (_name, service) => {
    const image = IMAGES.find(({ name }) => name === appOf(service))!;
    expect([image.entry, ...image.programs]).toContain(service.command![0]);
  });

  it('makes topics and tables before a service starts', () => {
    const started = lasting.filter(([, service]) => !service.profiles);
    expect(started).toHaveLength(5);
    for (const [name, { depends_on, build }] of started) {
      const { programs } = IMAGES.find((image) => image.name === build!.args.APP)!;
      const migrate = programs.find((program) => program.endsWith('/migrate.js'));
      const first = once.filter(([, job]) => job.command![0] === migrate || job.command![0]!.endsWith('/topics.js')).map(([job]) => job);
      expect(first).toHaveLength(migrate ? 2 : 1);
      for (const job of first) expect([name, depends_on![job]]).toEqual([name, { condition: 'service_completed_successfully' }]);
    }
  });

  it('waits only for what is there, and for Kafka and Postgres until they answer', () => {
    for (const [name, { depends_on, profiles }] of all) {
      for (const [other, { condition, required }] of Object.entries(depends_on ?? {})) {
        expect([name, other, services[other] !== undefined]).toEqual([name, other, true]);
        if (other === 'kafka' || other === 'postgres') expect([name, condition]).toEqual([name, 'service_healthy']);
        if (services[other]!.profiles && !profiles) expect([name, other, required]).toEqual([name, other, false]);
      }
    }
    for (const [, { depends_on }] of once) expect(depends_on).toMatchObject({ [depends_on!['kafka'] ? 'kafka' : 'postgres']: {} });
  });

  it('gives Kafka and Postgres alone, for services outside of Docker, at the ports that it says', () => {
    for (const name of ['kafka', 'postgres']) expect(services[name]).not.toHaveProperty('depends_on');
    expect([services['kafka']!.ports, services['postgres']!.ports]).toEqual([['127.0.0.1:9092:9092'], ['127.0.0.1:5432:5432']]);
    expect(services['kafka']!.environment!['KAFKA_ADVERTISED_LISTENERS']).toContain('PLAINTEXT://127.0.0.1:9092');
    expect(Object.keys(volumes)).toEqual(['kafka', 'postgres', 'settings']);
  });

  it.each(['kafka', 'postgres'])('has the %s that tests start in containers', (name) => {
    expect(read('libs/testing/src/local/docker.ts')).toContain(`'${services[name]!.image}'`);
  });
});

describe('a variable', () => {
  /** Sources in which a service's variables are declared; what the sandbox reads stands with its programs. */
  const sources = (app: string): string =>
    [`apps/${app}/src`, 'libs/telemetry/src', 'libs/knowledge/src/embedding']
      .flatMap((folder) => typescriptIn(path.join(REPOSITORY, folder)))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
  const declared = new Map(IMAGES.map(({ name }) => [name, sources(name)]));

  it.each(ours)('of %s is one that it reads', (_name, service) => {
    const known = declared.get(appOf(service))!;
    const unknown = Object.keys(service.environment ?? {}).filter((name) => !new RegExp(`\\b${name}\\b`).test(known));
    expect(unknown).toEqual([]);
  });

  const filledIn = [...new Set([...text.matchAll(/\$\{(\w+):-/g)].map((found) => found[1]!))].sort();
  const variablesOf = (file: string): Map<string, string> =>
    new Map([...read(file).matchAll(/^(\w+)=(.*)$/gm)].map((found) => [found[1]!, found[2]!]));

  it('that can be given is in the example, and nothing else is', () => {
    expect([...variablesOf('deploy/images/compose.env.example').keys()].sort()).toEqual(filledIn);
    expect(text.match(/\$\{\w+\}/g)).toBeNull();
  });

  it('of the example says what holds without it', () => {
    for (const [name, value] of variablesOf('deploy/images/compose.env.example')) {
      const fallbacks = new Set([...text.matchAll(new RegExp(`\\$\\{${name}:-([^}]*)\\}`, 'g'))].map((found) => found[1]));
      if (value !== '') expect([name, [...fallbacks]]).toEqual([name, [value]]);
    }
  });

  it('of the sandbox is known, and each key fits', () => {
    const given = variablesOf('deploy/images/sandbox.env');
    expect([...given.keys()].filter((name) => !filledIn.includes(name))).toEqual([]);
    const keys = filledIn.filter((name) => name.includes('KEY') && name !== 'CONTROL_PLANE_KEY');
    expect(keys.map((name) => [name, Buffer.from(given.get(name) ?? '', 'base64').length])).toEqual(keys.map((name) => [name, 32]));
  });

  it('that is secret has no value here', () => {
    for (const [, { environment = {} }] of ours) {
      for (const [name, value] of Object.entries(environment)) if (/KEY/.test(name)) expect(value).toBe(`\${${name}:-}`);
    }
  });
});

function typescriptIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && statSync(file).isFile());
}
