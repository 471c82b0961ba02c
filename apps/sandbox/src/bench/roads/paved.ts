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
  /** A visitor's word, which the bot answers. */
  readonly word: Opening;
  readonly handovers?: Handovers;
  /** Resolves when every conversation can be spoken in; nobody has said anything yet. */
  open(): Promise<void>;
  dropped(): number;
  close(): Promise<void>;
}

/** Some of the conversations are handed over between the first words and the load, and back after it. */
export interface Handovers {
  readonly count: number;
  /** Resolves when all wait for their agent. */
  begin(): Promise<void>;
  /** Resolves when all are the bot's again. */
  end(): Promise<void>;
}

const BOT = 'bench';
const HANDED_WITHIN_MS = 120_000;

/** Words and answers through the orchestrator alone: visitors and the bot stand at the topics. */
export function judgeRoad({ corner, talk }: { corner: KafkaCorner; talk: Talk }): PavedRoad {
  const visitors = new TopicVisitors(corner, talk, BOT);
  const bot = new AnsweringBot(corner, talk);
  const opening: Opening = { direction: 'in', say: (mark) => visitors.say(mark) };
  return {
    services: ['orchestrator', 'control-plane'],
    groups: ['escalation-orchestrator'],
    messagesPerOpening: 2,
    openingOf: () => opening,
    word: opening,
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
    services: ['ingress', 'dispatcher', 'orchestrator', 'control-plane'],
    groups: ['escalation-orchestrator', 'channel-dispatcher'],
    messagesPerOpening: 2 - withAgent / talk.conversations,
    openingOf: (conversation) => (conversation < withAgent ? agentsWords : words),
    word: words,
    open: async () => void (await Promise.all([visitors.open(), bot.start()])),
    handovers: {
      count: withAgent,
      begin: async () => {
        sessions = await openHandovers(platform, visitors.conversationIds.slice(0, withAgent));
        for (let conversation = 0; conversation < withAgent; conversation += 1) visitors.listenAnew(conversation);
        const wait = { within: HANDED_WITHIN_MS, what: 'every visitor waiting for an agent' };
        await eventually(() => visitors.onFloor('waiting', withAgent) === withAgent, wait);
      },
      end: async () => {
        await resolveAll(platform, agents, sessions);
        const wait = { within: HANDED_WITHIN_MS, what: 'every visitor having the bot again' };
        await eventually(() => visitors.onFloor('bot', withAgent) === withAgent, wait);
      },
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
    { within: HANDED_WITHIN_MS, every: 500, what: 'every conversation standing in Crisp' },
  );
}

/** As agents do: in the inbox, and by the hook that it sends. */
async function resolveAll({ urls }: Platform, agents: AgentsHooks, sessions: readonly string[]): Promise<void> {
  const crisp = new CrispControl(urls.crisp);
  for (const [conversation, session] of sessions.entries()) {
    await crisp.resolve(session);
    if (!(await agents.resolve(conversation))) throw new Error('the ingress did not take the end of a handover');
  }
}
