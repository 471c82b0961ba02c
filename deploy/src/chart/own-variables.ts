import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CHART, valuesOf } from './chart.js';
import { manifestsOf, podsOf } from './manifest.js';
import { render } from './render.js';

/** What one service may have otherwise than the rest. */
export const MAY_DIFFER: readonly string[] = ['LOG_LEVEL', 'REQUESTS_PER_ADDRESS'];
/** Together they have every variable that the chart can write. */
const CASES = ['production', 'sandbox'] as const;

interface Values {
  readonly services?: Readonly<Record<string, { readonly env?: Readonly<Record<string, string>> }>>;
}

const valuesIn = (file: string): Values => parse(readFileSync(file, 'utf8')) as Values;

/** Variables that somebody gives a service among the values: giving them again is no second one. */
function given(service: string, name: string): string[] {
  const all = [valuesIn(path.join(CHART, 'values.yaml')), valuesIn(valuesOf(name))];
  return all.flatMap(({ services }) => Object.keys(services?.[service]?.env ?? {}));
}

/** Variables of services that the chart writes and that the values may nevertheless write a second time; Kubernetes takes either. */
export async function variablesWrittenTwice(
  helm: string,
  kubernetes: string,
): Promise<{ readonly asked: number; readonly findings: string[] }> {
  let asked = 0;
  const findings: string[] = [];
  for (const name of CASES) {
    const { text } = await render(helm, name, kubernetes);
    const services = podsOf(manifestsOf(text)).filter(({ labels }) => labels['app.kubernetes.io/component'] === 'service');
    for (const { labels, spec } of services) {
      const service = labels['app.kubernetes.io/name']!;
      const allowed: string[] = [...given(service, name), ...MAY_DIFFER];
      const written = spec.containers.flatMap(({ env = [] }) => env.map((one) => one.name)).filter((one) => !allowed.includes(one));
      const said = await render(helm, name, kubernetes, { set: written.map((one) => `services.${service}.env.${one}=x`) });
      const refused: readonly string[] = said.findings.join(' ').match(/[A-Z][A-Z0-9_]+/g) ?? [];
      asked += written.length;
      findings.push(
        ...written.filter((one) => !refused.includes(one)).map((one) => `${name}: services.${service}.env.${one} is not refused`),
      );
    }
  }
  return { asked, findings };
}
