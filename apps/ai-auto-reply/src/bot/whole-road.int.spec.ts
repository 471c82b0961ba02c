import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  conversationIdOf,
  decodeEvent,
  deliveries,
  encodeEvent,
  handovers,
  newId,
  topicOnTheWire,
  visitorMessages,
} from '@baton/contracts';
import type { TopicDefinition } from '@baton/contracts';
import { followTopic } from '@baton/messaging';
import type { Following } from '@baton/messaging';
import { eventually, freePort, freshDatabase, spawnService } from '@baton/testing';
import type { ChildService } from '@baton/testing';
import { CRISP_KEY, Stage } from '../testing/stage.js';
import type { CrispLine } from '../testing/inbox-visitor.js';

const ORCHESTRATOR = (file: string) => fileURLToPath(new URL(`../../../escalation-orchestrator/dist/${file}.js`, import.meta.url));

interface Told {
  readonly type: string;
  readonly key: string;
  readonly data: Record<string, unknown>;
}

let stage: Stage;
let orchestrator: ChildService;
let database: { url: string; drop(): Promise<void> };
const following: Following[] = [];
const told: Told[] = [];

beforeAll(async () => {
  stage = await Stage.build({ assistant: { channels: true, inbox: 'off' } });
  const { config } = stage.kafka;
  for (const topic of [deliveries, handovers] as readonly TopicDefinition[]) {
    const onRecord = (record: Parameters<Parameters<typeof followTopic>[0]['onRecord']>[0]) => {
      const { type, key, data } = decodeEvent(topic, record);
      told.push({ type, key, data: data as Record<string, unknown> });
    };
    following.push(await followTopic({ kafka: stage.kafka, topic: topicOnTheWire(topic.name, config.topicPrefix), onRecord }));
  }
  database = await freshDatabase(process.env['DATABASE_URL']!, 'orchestrator');
  const port = await freePort();
  const env = {
    KAFKA_BROKERS: config.brokers.join(','),
    KAFKA_TOPIC_PREFIX: config.topicPrefix,
    DATABASE_URL: database.url,
    HTTP_PORT: String(port),
    SETTINGS_KEY_CRISP: CRISP_KEY,
    HISTORY_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    AVAILABILITY_SECONDS: '0',
  };
  await promisify(execFile)(process.execPath, [ORCHESTRATOR('migrate')], { env: { ...process.env, ...env } });
  orchestrator = spawnService({ name: 'orchestrator', entry: ORCHESTRATOR('main'), env });
  await Promise.all([orchestrator.ready(`http://127.0.0.1:${port}/health/ready`), stage.replica()]);
}, 120_000);

afterAll(async () => {
  await orchestrator.kill();
  await Promise.all(following.map((one) => one.stop()));
  await stage.close();
  await database.drop();
}, 30_000);

/** A visitor of webchat whom the orchestrator knows. */
function visitor(name: string) {
  const conversationId = conversationIdOf({ botId: 'demo', channel: 'webchat', address: name });
  let seq = 0;
  const of = (type: string) => told.filter((event) => event.key === conversationId && event.type === type).map(({ data }) => data);
  const shown = () =>
    of('delivery.message').map(({ body, author }) => ({ by: (author as { kind: string }).kind, ...(body as { text: string }) }));
  return {
    says: async (text: string) => {
      const about = { conversationId, botId: 'demo', channel: 'webchat' as const, address: name };
      const data = { ...about, messageId: newId(), seq: ++seq, at: new Date().toISOString(), body: { type: 'text' as const, text } };
      await stage.send(encodeEvent(visitorMessages, 'visitor.message', data, { id: newId(), source: 'urn:baton:test', time: new Date() }));
    },
    shown,
    isShown: (part: string) => eventually(() => shown().find(({ text }) => text.includes(part)), { what: `"${part}" for ${name}` }),
    hears: (type: string, nth = 1) => eventually(() => of(type)[nth - 1], { what: `${type} for ${name}` }),
    signs: () => of('delivery.typing'),
  };
}

describe('from the visitor to the knowledge and back', () => {
  it('a question is seen being answered, and answered', async () => {
    const ada = visitor('ada');
    await ada.says('How long does shipping take?');
    expect(await ada.isShown('3 to 5 working days')).toMatchObject({ by: 'bot' });
    expect(ada.signs()[0]).toMatchObject({ typing: true, author: { kind: 'bot', name: 'Robin' } });
  });

  it('who asks for a human gets to one, who reads what it is about; and after him the assistant is there again', async () => {
    const bob = visitor('bob');
    await bob.says('How can I return an order?');
    await bob.isShown('within 30 days');
    await bob.says('I want to talk to a human');
    const { crisp_session_id: session } = (await bob.hears('handover.accepted')) as { crisp_session_id: string };
    const { messages } = await eventually(async () => {
      const inbox = await stage.crisp<{ messages: CrispLine[] }>('GET', `/conversations/${session}`);
      return inbox.messages.filter(({ type }) => type === 'note').length === 2 && inbox;
    });
    expect(messages.map(({ type }) => type)).toEqual(['text', 'note', 'note']);
    const [briefing, botNote] = messages.slice(1).map(({ content }) => content) as [string, string];
    expect(briefing).toContain('“How can I return an order?”');
    expect(botNote).toContain('I want to talk to a human');
    await stage.crisp('POST', `/conversations/${session}/agent-message`, { text: 'Hello, Mia here.' });
    await bob.isShown('Mia here');
    await bob.says('Thanks, that was all');
    await stage.crisp('POST', `/conversations/${session}/resolve`);
    await bob.hears('handover.resolved');
    const before = bob.shown().filter(({ by }) => by === 'bot').length;
    await bob.says('How do I reset my password?');
    const again = await bob.isShown('Forgot password');
    expect(again.text).toContain('automated answer');
    expect(bob.shown().filter(({ by }) => by === 'bot')).toHaveLength(before + 1);
    const beginnings = [briefing, botNote].map((note) => note.split('\n')[0]!.slice(0, 40));
    for (const beginning of beginnings) expect(JSON.stringify(told)).not.toContain(beginning);
  });

  it('where nobody can come it says so, and does not call again for the same', async () => {
    await stage.crisp('POST', '/websites/11111111-2222-4333-8444-555555555555/availability', { status: 'away' });
    const eve = visitor('eve');
    for (const question of [
      'What is the airspeed of an unladen swallow?',
      'Which colour did the emperor of Mars prefer?',
      'Who painted the moon?',
    ]) {
      const before = eve.shown().length;
      await eve.says(question);
      await eventually(() => eve.shown().length > before, { what: `an answer to "${question}"` });
    }
    await eve.hears('handover.declined');
    const before = eve.shown().length;
    await eve.says('Where do lost socks go?');
    await eventually(() => eve.shown().length > before, { what: 'an answer' });
    await eve.says('How long does shipping take?');
    await eve.isShown('3 to 5 working days');
    expect(
      told.filter(({ type, key }) => type === 'handover.requested' && key === told.find(({ data }) => data['address'] === 'eve')!.key),
    ).toHaveLength(1);
    await stage.crisp('POST', '/websites/11111111-2222-4333-8444-555555555555/availability', { status: 'online' });
  });
});
