import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { manifestsOf } from './manifest.js';
import { render } from './render.js';

const RUNNING = 5;
const LEAST = 2;

/** What runs, by Deployment: the number of replicas. */
type Running = Readonly<Record<string, number>>;

/** As much of an API server as helm asks for a Deployment. */
async function apiServer(running: Running): Promise<Server> {
  const deployments = { name: 'deployments', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs: ['get'] };
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://localhost');
    const name = /^\/apis\/apps\/v1\/namespaces\/baton\/deployments\/([^/]+)$/.exec(pathname)?.[1];
    const replicas = name === undefined ? undefined : running[name];
    const answer = (code: number, body: object): unknown =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/apis/apps/v1') return answer(200, { kind: 'APIResourceList', groupVersion: 'apps/v1', resources: [deployments] });
    if (replicas === undefined) return answer(404, { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 });
    return answer(200, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'baton' }, spec: { replicas } });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The replicas that a release scaled by CPU is rendered with, by Deployment, where this runs. */
async function replicasWhere(running: Running, helm: string, kubernetes: string): Promise<Record<string, unknown>> {
  const server = await apiServer(running);
  try {
    const { port } = server.address() as AddressInfo;
    const { text, findings } = await render(helm, 'minimal', kubernetes, {
      set: ['autoscaling.mode=hpa'],
      server: `http://127.0.0.1:${port}`,
    });
    if (text === '') throw new Error(findings.join(' '));
    return Object.fromEntries(
      manifestsOf(text)
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata, spec }) => [metadata.name, spec?.['replicas']]),
    );
  } finally {
    server.close();
  }
}

/** What is wrong with the number of replicas where an autoscaler has it: it must stay what it is when the release is upgraded. */
export async function replicasThatJump(helm: string, kubernetes: string): Promise<string[]> {
  const running = { 'baton-escalation-orchestrator': RUNNING, 'baton-channel-dispatcher': 0 };
  const rendered = await replicasWhere(running, helm, kubernetes);
  const wanted = {
    'baton-escalation-orchestrator': RUNNING,
    'baton-channel-dispatcher': LEAST,
    'baton-ai-auto-reply': undefined,
  };
  return Object.entries(wanted).flatMap(([name, replicas]) =>
    rendered[name] === replicas
      ? []
      : [`${name}, of which ${running[name as keyof typeof running] ?? 'none'} run, is given ${String(rendered[name])} replicas`],
  );
}
