import { eventually } from '@baton/testing';
import { CrispControl } from '../../journey/crisp-control.js';
import type { Platform, ServiceName } from '../../platform/platform.js';
import { API_KEY, HOOK_PATH, originOf, SECRET, WEBSITE } from '../ours.js';
import type { Opening } from '../steady/drive.js';
import { AgentsHooks } from './agents-hooks.js';
import { AnsweringBot } from './answering-bot.js';
import type { KafkaCorner } from './kafka-corner.js';
import { SocketVisitors } from './socket-visitors.js';
import type { Talk } from './talk.js';
import { TopicVisitors } from './topic-visitors.js';

/** A road from end to end, with the load's own people at both ends. */
export interface PavedRoad {
  readonly services: readonly ServiceName[];
  /** Consumer groups on it, without prefix. */
  readonly groups: readonly string[];
  /** How many messages there are for each that the schedule begins. */
  readonly messagesPerOpening: number;
  readonly openingOf: (conversation: number) => Opening;
  /** Resolves when every conversation can be spoken in. */
  open(): Promise<void>;
  dropped(): number;
  close(): Promise<void>;
}

const BOT = 'bench';

/** Words and answers through the orchestrator alone: visitors and the bot stand at the topics. */
export function judgeRoad({ corner, talk }: { corner: KafkaCorner; talk: Talk }): PavedRoad {
  const visitors = new TopicVisitors(corner, talk, BOT);
  const bot = new AnsweringBot(corner, talk);
  const opening: Opening = { direction: 'in', say: (mark) => visitors.say(mark) };
  return {
    services: ['orchestrator'],
    groups: ['escalation-orchestrator'],
    messagesPerOpening: 2,
    openingOf: () => opening,
    open: async () => void (await Promise.all([visitors.open(), bot.start()])),
    dropped: () => 0,
    close: async () => void (await Promise.allSettled([visitors.close(), bot.stop()])),
  };
}

export interface FullRoadOptions {
  readonly platform: Platform;
  readonly corner: KafkaCorner;
  readonly talk: Talk;
  /** So many conversations, the first ones, have an agent: his words come as web hooks, and their visitors only listen. */
  readonly withAgent: number;
}

/** The whole road: a socket for each visitor, dispatcher, orchestrator, the bot; ingress for agents' words. */
export function fullRoad({ platform, corner, talk, withAgent }: FullRoadOptions): PavedRoad {
  const origin = originOf(platform);
  const visitors = new SocketVisitors(talk, { dispatchers: () => platform.urls.dispatchers, botId: BOT, origin });
  const bot = new AnsweringBot(corner, talk);
  let sessions: readonly string[] = [];
  const agents = new AgentsHooks(talk, 'back', {
    ...{ ingresses: () => [platform.urls.ingress], path: HOOK_PATH, secret: SECRET, websiteId: WEBSITE },
    sessionOf: (conversation) => sessions[conversation]!,
  });
  const words: Opening = { direction: 'in', say: (mark) => visitors.say(mark) };
  const agentsWords: Opening = { direction: 'back', say: (mark) => agents.say(mark) };
  return {
    services: ['ingress', 'dispatcher', 'orchestrator'],
    groups: ['escalation-orchestrator', 'channel-dispatcher'],
    messagesPerOpening: 2 - withAgent / talk.conversations,
    openingOf: (conversation) => (conversation < withAgent ? agentsWords : words),
    open: async () => {
      await Promise.all([visitors.open(), bot.start()]);
      for (let conversation = 0; conversation < withAgent; conversation += 1) visitors.greet(conversation);
      sessions = await openHandovers(platform, visitors.conversationIds.slice(0, withAgent));
    },
    dropped: () => visitors.dropped,
    close: async () => {
      agents.close();
      await Promise.allSettled([visitors.close(), bot.stop()]);
    },
  };
}

/** Asks for a human in these conversations; resolves with their sessions at Crisp, in any order. */
async function openHandovers({ urls }: Platform, conversationIds: readonly string[]): Promise<string[]> {
  for (const conversation_id of conversationIds) {
    await eventually(
      async () => {
        const answer = await fetch(`${urls.orchestrators[0]}/v1/escalations`, {
          method: 'POST',
          headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
          body: JSON.stringify({ conversation_id }),
        });
        return answer.ok;
      },
      { within: 20_000, what: 'a human being asked for' },
    );
  }
  const crisp = new CrispControl(urls.crisp);
  return eventually(
    async () => {
      const there = await crisp.list(WEBSITE);
      return there.length >= conversationIds.length && there.map(({ session_id }) => session_id);
    },
    { within: 120_000, every: 500, what: 'every conversation standing in Crisp' },
  );
}
