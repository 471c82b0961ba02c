import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import type { FaultsInput } from '../crisp-simulator/faults/faults.js';
import type { CrispControl } from '../journey/crisp-control.js';
import type { MessengerControl } from '../journey/messenger-person.js';
import type { FaultsInput as MessengerFaultsInput } from '../messenger-simulator/faults/faults.js';
import type { Platform, ServiceName } from '../platform/platform.js';

/** Crisp at its worst on an ordinary day: a repeated fingerprint is a second message, reads are stale, echoes are late, some hooks never come. */
export const CRISP_AT_ITS_WORST: FaultsInput = {
  rest: { stale_reads_ms: 1_000, repeated_fingerprint: 'duplicate', latency: { from: 0, to: 60 } },
  hooks: { delay: { from: 0, to: 5_000 }, dropped: 0.01, repeated: 0.02, reordered: 0.02 },
};

/** The same day for who answers by himself, but no hook is lost: what he never heard of he cannot answer. */
export const LATE_AND_REPEATED: FaultsInput = {
  rest: { stale_reads_ms: 1_000, repeated_fingerprint: 'duplicate', latency: { from: 0, to: 60 } },
  hooks: { delay: { from: 0, to: 3_000 }, repeated: 0.05, reordered: 0.02 },
};

/** Messenger on such a day: hooks come doubled, late and overtaken, and one in a hundred echoes never does. */
export const MESSENGER_AT_ITS_WORST: MessengerFaultsInput = {
  graph: { latency: { from: 0, to: 60 } },
  hooks: { repeated: 0.02, reordered: 0.02, echoes_dropped: 0.01 },
};

export interface Injected {
  /** What was done, in words. */
  readonly what: string;
  /** Seconds until the thing itself was well again. */
  readonly backAfter: number;
}

export interface Scenario {
  readonly name: string;
  /** Who talks meanwhile: visitors and agents through handovers, or visitors of Crisp's chat box with the AI. */
  readonly talk: 'handovers' | 'answers';
  /** How the platforms behave meanwhile; by default at their worst. */
  readonly weather?: { readonly crisp: FaultsInput; readonly messenger: MessengerFaultsInput };
  /** Breaks something once and resolves when it stands again. */
  inject(stage: { platform: Platform; crisp: CrispControl; messenger: MessengerControl; random: () => number }): Promise<Injected>;
}

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1_000;
};

/** It is started again by its supervisor, sooner or later. */
async function answers(url: string): Promise<void> {
  const ask = async () => (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  await eventually(ask, { within: 60_000, every: 20, what: `${url} answering` });
}

function kill(name: string, replicas: readonly ServiceName[], talk: Scenario['talk'] = 'handovers'): Scenario {
  return {
    name: `kill-${name}`,
    talk,
    async inject({ platform, random }) {
      const service = replicas[Math.floor(random() * replicas.length)]!;
      const victim = platform.processes.get(service)!;
      await victim.kill('SIGKILL');
      return { what: `${service} killed`, backAfter: await timed(() => answers(`${victim.url}/health/ready`)) };
    },
  };
}

function restart(name: 'kafka' | 'postgres' | 'knowledge', talk: Scenario['talk'] = 'handovers'): Scenario {
  return {
    name: `${talk === 'answers' ? 'ai-' : ''}restart-${name}`,
    talk,
    async inject({ platform, random }) {
      const server = platform.local[name];
      await server.kill();
      const backAfter = await timed(async () => {
        await pause(random() * 1_000);
        await server.start();
      });
      return { what: `${name} killed`, backAfter };
    },
  };
}

const crispRefuses = (name: string, talk: Scenario['talk'], usual: FaultsInput): Scenario => ({
  name,
  talk,
  async inject({ crisp, random }) {
    const seconds = 2 + random() * 4;
    await crisp.faults({
      ...usual,
      rest: {
        ...usual.rest,
        failures: [
          { kind: '429', share: 0.2, path: '/conversation' },
          { kind: '500', share: 0.2, path: '/conversation', when: 'either' },
          { kind: '502-html', share: 0.05, path: '/conversation', when: 'either' },
          { kind: 'disconnect', share: 0.05, path: '/conversation', when: 'either' },
          { kind: 'timeout', share: 0.02, path: '/conversation', when: 'either' },
        ],
      },
    });
    await pause(seconds * 1_000);
    await crisp.faults(usual);
    return { what: `Crisp refused half of all calls for ${seconds.toFixed(1)} s`, backAfter: seconds };
  },
});

const messengerRefuses: Scenario = {
  name: 'messenger-errors',
  talk: 'handovers',
  async inject({ messenger, random }) {
    const seconds = 2 + random() * 4;
    await messenger.faults({
      ...MESSENGER_AT_ITS_WORST,
      graph: {
        ...MESSENGER_AT_ITS_WORST.graph,
        failures: [
          { kind: 'error', code: 1200, share: 0.15, path: '/messages' },
          { kind: 'error', code: 613, share: 0.1, path: '/messages' },
          { kind: 'http-500', share: 0.15, path: '/messages', when: 'either' },
          { kind: '502-html', share: 0.05, path: '/messages', when: 'either' },
          { kind: 'disconnect', share: 0.05, path: '/messages', when: 'either' },
          { kind: 'timeout', share: 0.02, path: '/messages', when: 'either' },
        ],
      },
    });
    await pause(seconds * 1_000);
    await messenger.faults(MESSENGER_AT_ITS_WORST);
    return { what: `Messenger refused half of all sends for ${seconds.toFixed(1)} s`, backAfter: seconds };
  },
};

export const SCENARIOS: readonly Scenario[] = [
  kill('ingress', ['ingress']),
  kill('orchestrator', ['orchestrator', 'orchestrator-2']),
  kill('dispatcher', ['dispatcher', 'dispatcher-2']),
  restart('kafka'),
  restart('postgres'),
  crispRefuses('crisp-errors', 'handovers', CRISP_AT_ITS_WORST),
  messengerRefuses,
  kill('ai', ['ai', 'ai-2'], 'answers'),
  restart('kafka', 'answers'),
  restart('postgres', 'answers'),
  restart('knowledge', 'answers'),
  crispRefuses('ai-crisp-errors', 'answers', LATE_AND_REPEATED),
];
