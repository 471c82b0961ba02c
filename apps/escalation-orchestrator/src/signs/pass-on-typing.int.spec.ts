import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type visitorMessages } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { CrispConnections } from '@baton/crisp';
import { eventually } from '@baton/testing';
import { SESSION, storyOn, WEBSITE } from '../floor/conversation.builder.js';
import { floorPolicies } from '../floor-policies.js';
import { crispTarget } from '../judge/desk-plan.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { PassOnTyping, typingIn } from './pass-on-typing.js';
import type { PassOnTypingOptions } from './pass-on-typing.js';

const NOW = Date.parse('2026-01-05T12:00:00.000Z');

let kit: JudgeKit;
let crisp: Server;
/** What came to Crisp: the session and what it was told. */
let heard: string[] = [];
/** Answers that Crisp keeps back. */
let held: (() => void)[] | undefined;
beforeAll(async () => {
  kit = await judgeKit();
  crisp = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { type } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string };
      heard.push(`${request.url!.split('/')[5]} ${type}`);
      const answer = () => response.end(JSON.stringify({ error: false, reason: 'dispatched', data: {} }));
      if (held) held.push(answer);
      else answer();
    });
  });
  await new Promise<void>((resolve) => crisp.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  crisp.closeAllConnections();
  crisp.close();
  await kit.close();
});
beforeEach(() => {
  heard = [];
  held = undefined;
});

interface Told {
  readonly dropped: string[];
  readonly typing: PassOnTyping;
}

function passing(patch: Partial<PassOnTypingOptions> = {}, callsPerSecond = 10, spent?: 'quota'): Told {
  const apiUrl = `http://127.0.0.1:${(crisp.address() as AddressInfo).port}`;
  const bot = aBot({ crisp: { websiteId: WEBSITE, apiUrl, tokenId: 'id', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn', callsPerSecond } });
  const bots = { bot: () => bot, bots: () => [bot], botsOfWebsite: () => [bot], open: () => 'key' };
  const dropped: string[] = [];
  const typing = new PassOnTyping({
    dataSource: kit.dataSource,
    connections: new CrispConnections(bots),
    policyOf: floorPolicies({ ...bots, isStopped: () => false }),
    spending: { whyNot: () => spent, leftOut: (reason) => void dropped.push(reason) },
    sickTargets: () => [],
    now: () => NOW,
    ...patch,
  });
  return { typing, dropped };
}

/** Somebody whom an agent hears, in a session of his own. */
async function someone(): Promise<{ id: string; session: string }> {
  const id = newId();
  const session = `${SESSION.slice(0, -12)}${id.slice(-12)}`;
  const { floor, epoch, handover } = storyOn.agent().conversation;
  await kit.dataSource.query(
    `INSERT INTO conversations (id, bot_id, channel, address, floor, epoch, state) VALUES ($1, 'demo', 'webchat', 'v', $2, $3, $4)`,
    [id, floor, epoch, { floor, epoch, handover: { ...handover, sessionId: session } }],
  );
  return { id, session };
}

type Event = ReceivedEvent<typeof visitorMessages>;

function types(conversationId: string, typing: boolean, time = new Date(NOW)): Extract<Event, { type: 'visitor.typing' }> {
  const data = { conversationId, botId: 'demo', channel: 'webchat' as const, address: 'v', typing, at: time.toISOString() };
  return { type: 'visitor.typing', version: 1, id: newId(), source: 'urn:baton:test', time, data } as never;
}

function says(conversationId: string): Event {
  return { type: 'visitor.message', data: { conversationId } } as never;
}

describe('that the visitor writes', () => {
  it('is begun and ended in that order, however slowly Crisp answers', async () => {
    const { typing } = passing();
    const { id, session } = await someone();
    held = [];
    await typing.pass([types(id, true)]);
    await eventually(() => heard.length === 1);
    await typing.pass([types(id, false)]);
    expect(heard).toEqual([`${session} start`]);
    const [answer] = held;
    held = undefined;
    answer!();
    await eventually(() => heard.length === 2);
    expect(heard).toEqual([`${session} start`, `${session} stop`]);
    await typing.close();
  });

  it.each<[when: string, patch: Partial<PassOnTypingOptions>, spent: 'quota' | undefined, reason: string]>([
    ['Crisp is sick', { sickTargets: () => [crispTarget(WEBSITE)] }, undefined, 'crisp-sick'],
    ['the calls of the day are needed for words', {}, 'quota', 'quota'],
    ['it is told too late', { now: () => NOW + 5_001 }, undefined, 'too-old'],
  ])('is left out when %s, and needs no end then', async (_when, patch, spent, reason) => {
    const { typing, dropped } = passing(patch, 10, spent);
    const { id } = await someone();
    await typing.pass([types(id, true)]);
    await typing.pass([types(id, false)]);
    await typing.close();
    expect(dropped).toContain(reason);
    expect(heard).toEqual([]);
  });

  it('takes no more than a part of the calls that a website allows at once', async () => {
    const { typing, dropped } = passing({}, 8);
    const people = await Promise.all(Array.from({ length: 5 }, () => someone()));
    held = [];
    await typing.pass(people.map(({ id }) => types(id, true)));
    await eventually(() => heard.length === 2);
    expect(dropped).toEqual(['too-many', 'too-many', 'too-many']);
    await typing.close();
  });

  it('is not shown of what he has sent in the same moment, only that he stopped', () => {
    const [before, stop, other, after] = [types('a', true), types('a', false), types('b', true), types('a', true)];
    expect(typingIn([before, stop, says('a'), other, after])).toEqual([stop, other, after]);
  });
});
