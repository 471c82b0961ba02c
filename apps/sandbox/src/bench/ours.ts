import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@baton/testing';
import { CrispControl } from '../journey/crisp-control.js';
import { Visitor } from '../journey/visitor.js';
import { REPOSITORY, startPlatform } from '../platform/platform.js';
import type { Platform, ServiceName } from '../platform/platform.js';
import type { Contender, RunningContender } from './contender.js';
import { SERVER_CORE } from './helper-process.js';
import { filledHookBody, nowUs, signedRequest } from './hook.js';
import { postOnce } from './post-once.js';

export const WEBSITE = '5b8e1b2c-0000-4000-8000-000000000001';
export const SECRET = 'bench-secret';
export const HOOK_PATH = '/api/integrations/livechat/crisp/plugin/bench';
export const API_KEY = 'bench-api-key';
const ORIGIN = 'http://127.0.0.1:4000';
const PIPELINE_VISITORS = 100;

async function pin(pids: readonly number[], core: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const pid of pids) await promisify(execFile)('taskset', ['-acp', core, String(pid)]);
}

/** The simulated Crisp of the benchmark: one workspace, one agent online, no hooks of its own (the load sends them). */
export const CRISP_SETUP = JSON.stringify({
  websites: [{ website_id: WEBSITE, name: 'Bench', operators: [{ user_id: '22222222-2222-4333-8444-555555555555', first_name: 'Mia' }] }],
  tokens: [{ identifier: 'bench', key: 'bench', tier: 'plugin', websites: [WEBSITE], daily_quota: 1_000_000_000 }],
});

export const settingsFile = path.join(REPOSITORY, 'apps/sandbox/bench/settings.yaml');
const targetOf = (platform: Platform, sessions: readonly string[]): RunningContender['target'] => ({
  port: platform.ports.INGRESS_PORT,
  path: HOOK_PATH,
  secret: SECRET,
  scheme: 'crisp',
  websiteId: WEBSITE,
  sessions,
});

/** Stops the ingress and starts it again, and says how many seconds passed until a signed hook was answered 2xx. */
async function startSeconds(platform: Platform): Promise<number> {
  const ingress = platform.processes.get('ingress')!;
  await ingress.stop();
  const { port } = targetOf(platform, []);
  const started = performance.now();
  const ready = ingress.start();
  const request = () => {
    const body = filledHookBody({ websiteId: WEBSITE, sessionId: `session_${randomUUID()}`, number: 0, sentAtUs: nowUs(), bodyBytes: 600 });
    return postOnce(port, signedRequest(body, { host: `127.0.0.1:${port}`, path: HOOK_PATH, secret: SECRET, scheme: 'crisp' }));
  };
  await eventually(async () => (await request()) < 300, { within: 30_000, every: 5, what: 'the first 2xx' });
  const seconds = (performance.now() - started) / 1_000;
  await ready;
  return seconds;
}

async function stopAll(platform: Platform, services: readonly ServiceName[]): Promise<number> {
  let slowest = 0;
  for (const name of services) {
    const started = performance.now();
    await platform.processes.get(name)?.stop();
    slowest = Math.max(slowest, (performance.now() - started) / 1_000);
  }
  await platform.stop();
  return slowest;
}

/** Our way in: the ingress alone. */
export const oursIngress: Contender = {
  name: 'ours',
  async start() {
    const without: ServiceName[] = ['orchestrator', 'dispatcher', 'ai', 'crisp', 'messenger', 'demo-bot', 'site'];
    const platform = await startPlatform({ ports: 'free', without, settingsFile, partitions: 6, env: { ingress: { LOG_LEVEL: 'warn' } } });
    const seconds = await startSeconds(platform);
    const pids = [platform.processes.get('ingress')!.pid!];
    await pin(pids, SERVER_CORE);
    const sessions = Array.from({ length: 1_000 }, () => `session_${randomUUID()}`);
    return { pids, target: targetOf(platform, sessions), startSeconds: seconds, stop: () => stopAll(platform, ['ingress']) };
  },
};

/** Our whole road, with as many visitors in handovers as there are sessions. */
export const oursPipeline: Contender = {
  name: 'ours',
  async start() {
    const quiet = { LOG_LEVEL: 'warn' };
    const platform = await startPlatform({
      ports: 'free',
      without: ['ai', 'messenger', 'demo-bot', 'site'],
      settingsFile,
      partitions: 6,
      env: { ingress: quiet, orchestrator: quiet, dispatcher: quiet, crisp: { CRISP_SETUP } },
    });
    const seconds = await startSeconds(platform);
    const { visitors, sessions } = await openHandovers(platform);
    const services: ServiceName[] = ['dispatcher', 'orchestrator', 'ingress'];
    const pids = services.map((name) => platform.processes.get(name)!.pid!);
    await pin(pids, SERVER_CORE);
    const url = `${platform.urls.dispatchers[0]!.replace(/^http/, 'ws')}/v1/webchat/bench/socket`;
    return {
      pids,
      target: targetOf(platform, sessions),
      visitors: visitors.map(({ token }) => ({
        url,
        origin: originOf(platform),
        hello: JSON.stringify({ t: 'hello', token, lastSeq: 0 }),
      })),
      startSeconds: seconds,
      stop: () => stopAll(platform, [...services].reverse()),
    };
  },
};

export function originOf(platform: Platform): string {
  return ORIGIN.replace('4000', String(platform.ports.SITE_PORT));
}

async function openHandovers(platform: Platform): Promise<{ visitors: Visitor[]; sessions: string[] }> {
  const visitors: Visitor[] = [];
  for (let index = 0; index < PIPELINE_VISITORS; index += 1) {
    const visitor = await Visitor.enter({ dispatchers: platform.urls.dispatchers, botId: 'bench', origin: originOf(platform) });
    await visitor.send('hello');
    visitors.push(visitor);
    await eventually(async () => {
      const response = await fetch(`${platform.urls.orchestrators[0]}/v1/escalations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ conversation_id: visitor.conversationId }),
      });
      return response.ok;
    });
  }
  await eventually(() => visitors.every(({ floor }) => floor === 'waiting'), {
    within: 60_000,
    what: 'every visitor waiting for an agent',
  });
  for (const visitor of visitors) visitor.leave();
  const open = await new CrispControl(platform.urls.crisp).list(WEBSITE);
  return { visitors, sessions: open.map(({ session_id }) => session_id) };
}
