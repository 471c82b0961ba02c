import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CrispWebhook } from '@baton/contracts';
import { demoSources } from '../../knowledge/demo-sources.js';
import { BotSources, loadKnowledge } from '../../knowledge/load-knowledge.js';
import type { Platform, ServiceName } from '../../platform/platform.js';
import { HOOK_PATH, originOf, SECRET, settingsFile, WEBSITE } from '../ours.js';
import { AgentsHooks } from '../roads/agents-hooks.js';
import { AskingVisitors } from '../roads/asking-visitors.js';
import type { KafkaCorner } from '../roads/kafka-corner.js';
import { markOf } from '../roads/mark.js';
import { judgeRoad } from '../roads/paved.js';
import { SocketVisitors } from '../roads/socket-visitors.js';
import { StandingOrchestrator } from '../roads/standing-orchestrator.js';
import type { Talk } from '../roads/talk.js';
import type { Opening } from '../steady/drive.js';

export type ScaledName = 'ingress' | 'orchestrator' | 'dispatcher' | 'ai';

export interface Ground {
  readonly platform: Platform;
  readonly corner: KafkaCorner;
  readonly talk: Talk;
  /** Those that run now. */
  readonly urls: () => readonly string[];
}

/** A road through one service only. */
export interface ServiceRoad {
  readonly opening: Opening;
  readonly messagesPerOpening: number;
  open(): Promise<void>;
  /** Spreads what is held open over the replicas that there are now. */
  spread?(): Promise<void>;
  close(): Promise<void>;
}

/** A service that is run several times, alone on its platform, and what is given to it. */
export interface Scaled {
  readonly beside: readonly ServiceName[];
  /** Undefined: that of the sandbox. */
  readonly settingsFile?: string;
  /** Messages a second of four replicas together, which one carries alone, too, beside everything else on two cores. */
  readonly rate: number;
  readonly conversations: number;
  readonly road: (ground: Ground) => ServiceRoad;
}

const BOT = 'bench';
const ADVISOR = 'advisor';
const ADVISOR_KEY = 'sandbox-advisor-key';
const QUESTIONS = new URL('../../../knowledge/questions.jsonl', import.meta.url);

export const SCALED: Readonly<Record<ScaledName, Scaled>> = {
  ingress: { beside: [], settingsFile, rate: 800, conversations: 1_000, road: hooksIn },
  orchestrator: {
    ...{ beside: [], settingsFile, rate: 600, conversations: 2_000 },
    road: (ground) => {
      const road = judgeRoad(ground);
      return { ...road, opening: road.openingOf(0) };
    },
  },
  dispatcher: { beside: [], settingsFile, rate: 400, conversations: 1_000, road: socketsToAndFro },
  // Each asks seldom: a conversation has thirty answers an hour, and then only humans speak there.
  ai: { beside: ['crisp'], rate: 8, conversations: 1_000, road: questionsAnswered },
};

function hooksIn({ corner, talk, urls }: Ground): ServiceRoad {
  const sessions = Array.from({ length: talk.conversations }, () => `session_${randomUUID()}`);
  const agents = new AgentsHooks(talk, 'in', {
    ...{ ingresses: urls, path: HOOK_PATH, secret: SECRET, websiteId: WEBSITE },
    sessionOf: (conversation) => sessions[conversation]!,
  });
  return {
    opening: { direction: 'in', say: (mark) => agents.say(mark) },
    messagesPerOpening: 1,
    open: () =>
      corner.read('crisp-webhooks', (_, data) => {
        const mark = markOf(String((data as CrispWebhook).data['content'] ?? ''));
        if (mark) talk.hear('in', mark);
      }),
    close: async () => agents.close(),
  };
}

function socketsToAndFro({ platform, corner, talk, urls }: Ground): ServiceRoad {
  const visitors = new SocketVisitors(talk, { dispatchers: urls, botId: BOT, origin: originOf(platform) });
  const orchestrator = new StandingOrchestrator(corner, talk);
  return {
    opening: { direction: 'in', say: (mark) => visitors.say(mark) },
    messagesPerOpening: 2,
    open: async () => void (await Promise.all([visitors.open(), orchestrator.start()])),
    spread: () => visitors.reconnect(),
    close: () => visitors.close(),
  };
}

function questionsAnswered({ platform, corner, talk }: Ground): ServiceRoad {
  const questions: string[] = [];
  const visitors = new AskingVisitors(corner, talk, { botId: ADVISOR, questions });
  return {
    opening: { direction: 'in', say: (mark) => visitors.say(mark) },
    messagesPerOpening: 1,
    open: async () => {
      const pages = (await demoSources(platform.urls.site)).filter(({ json }) => json?.['kind'] !== 'page');
      await loadKnowledge(new BotSources(platform.urls.ais[0]!, ADVISOR, ADVISOR_KEY), pages);
      const lines = (await readFile(QUESTIONS, 'utf8')).trim().split('\n');
      questions.push(...lines.map((line) => (JSON.parse(line) as { text: string }).text));
      await visitors.open();
    },
    close: () => visitors.close(),
  };
}
