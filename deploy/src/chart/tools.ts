import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from './commands.js';

/** What could not be had: one sentence that says how to get it. */
export class Missing extends Error {}

const HELM = 'v3.22.0';
const SCHEMAS = '1.37.0';
const CACHE = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'baton', 'chart');
/** Helm is built from its sources. */
const BUILD_WITHIN_MS = 20 * 60_000;
const FETCH_WITHIN_MS = 5 * 60_000;

/** Go modules with the definitions of kinds that are not Kubernetes' own. */
const OTHERS = [
  { module: 'github.com/kedacore/keda/v2@v2.21.0', directory: 'config/crd/bases' },
  { module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0', directory: 'example/prometheus-operator-crd' },
] as const;

type Tell = (line: string) => void;

/** The helm to call: `HELM`, that of PATH, or one that is built once into the cache. @throws Missing */
export async function findHelm(tell: Tell): Promise<string> {
  const built = path.join(CACHE, `helm-${HELM}`, 'helm');
  for (const candidate of [process.env['HELM'], 'helm', built]) {
    if (candidate && (await run(candidate, ['version', '--short'])).code === 0) return candidate;
  }
  tell(`building helm ${HELM} once (go install; some minutes)`);
  await mkdir(path.dirname(built), { recursive: true });
  const go = await run('go', ['install', `helm.sh/helm/v3/cmd/helm@${HELM}`], {
    env: { GOBIN: path.dirname(built), GOFLAGS: '-mod=mod' },
    withinMs: BUILD_WITHIN_MS,
  });
  if (go.code === 0) return built;
  throw new Missing(
    `helm is missing and could not be built (${lastLine(go.stderr)}): install helm 3 and put it on PATH, or set HELM to its path.`,
  );
}

/** Folder with the schemas of Kubernetes by release, from the package kubernetes-validate. @throws Missing */
export async function findKubernetesSchemas(tell: Tell): Promise<string> {
  const inside = 'kubernetes_validate/kubernetes-json-schema';
  const target = path.join(CACHE, `kubernetes-validate-${SCHEMAS}`);
  const installed = await run('python3', [
    '-c',
    'import importlib.util as u; print(u.find_spec("kubernetes_validate").submodule_search_locations[0])',
  ]);
  const places = [
    process.env['KUBERNETES_SCHEMAS'],
    installed.code === 0 ? path.join(installed.stdout.trim(), 'kubernetes-json-schema') : undefined,
    path.join(target, inside),
  ];
  for (const place of places) if (place && existsSync(place)) return place;
  tell(`fetching the schemas of Kubernetes once (pip, kubernetes-validate ${SCHEMAS})`);
  const pip = await run(
    'python3',
    ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', target, `kubernetes-validate==${SCHEMAS}`],
    {
      withinMs: FETCH_WITHIN_MS,
    },
  );
  if (pip.code === 0) return path.join(target, inside);
  throw new Missing(
    `the schemas of Kubernetes are missing and could not be fetched (${lastLine(pip.stderr)}): pip install kubernetes-validate==${SCHEMAS}, or set KUBERNETES_SCHEMAS to its folder kubernetes-json-schema.`,
  );
}

/** Folders with the definitions of KEDA's and the Prometheus operator's kinds. @throws Missing */
export async function findOtherDefinitions(): Promise<string[]> {
  const folders: string[] = [];
  for (const { module, directory } of OTHERS) {
    const go = await run('go', ['mod', 'download', '-json', module], { env: { GOFLAGS: '-mod=mod' }, withinMs: FETCH_WITHIN_MS });
    if (go.code !== 0) {
      throw new Missing(
        `the definitions of ${module} are missing and could not be fetched (${lastLine(go.stderr)}): install Go and let it reach its module proxy.`,
      );
    }
    folders.push(path.join((JSON.parse(go.stdout) as { Dir: string }).Dir, directory));
  }
  return folders;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
