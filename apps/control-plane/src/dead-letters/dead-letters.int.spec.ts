import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApiProblem,
  dismissDeadLetter,
  getDeadLetter,
  listAudit,
  listDeadLetters,
  putBot,
  replayDeadLetter,
  replayDeadLetters,
} from '@baton/control-api';
import type { DeadLetterEntry } from '@baton/control-api';
import { conversationIdOf, DEAD_LETTERS, topicOnTheWire } from '@baton/contracts';
import { createKafka, readTopic } from '@baton/messaging/kafka';
import type { KafkaRecord } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { LettersStore } from './letters.store.js';

const CONVERSATION = conversationIdOf({ botId: 'demo', channel: 'webchat', address: 'ada' });
const params = { workspaceId: 'acme' };

describe('dead letters in the control plane', () => {
  let stage: Stage;
  const kafka = () =>
    createKafka({ brokers: stage.config.KAFKA_BROKERS, clientId: 'dead-letters-test', topicPrefix: stage.config.KAFKA_TOPIC_PREFIX });

  beforeAll(async () => {
    stage = await startStage();
    for (const [botId, workspaceId] of [
      ['demo', 'acme'],
      ['other', 'zeta'],
    ] as const)
      await stage.client().call(putBot, { params: { workspaceId, botId }, body: { botId, workspaceId, name: 'Bot' } }, { version: 'new' });
  });
  afterAll(() => stage.close());

  /** A service could not handle this record. */
  async function parked(value: string, more: { botId?: string; key?: string; at?: Date; headers?: Record<string, string> } = {}) {
    const producer = kafka().producer();
    const topic = topicOnTheWire('bot-events', stage.config.KAFKA_TOPIC_PREFIX);
    await producer.send([
      {
        topic: topicOnTheWire(DEAD_LETTERS, stage.config.KAFKA_TOPIC_PREFIX),
        key: more.key ?? CONVERSATION,
        value,
        headers: {
          'dl-original-ce_id': 'e1',
          'dl-original-ce_type': 'baton.bot-answer.v1',
          ...(more.botId !== undefined && { 'dl-original-ce_botid': more.botId }),
          ...Object.fromEntries(Object.entries(more.headers ?? {}).map(([name, text]) => [`dl-original-${name}`, text])),
          ...{
            'dl-topic': topic,
            'dl-partition': '0',
            'dl-offset': '7',
            'dl-consumer': `${stage.config.KAFKA_TOPIC_PREFIX}.escalation-orchestrator`,
          },
          ...{ 'dl-reason': 'not-json', 'dl-error': 'it is not JSON', 'dl-at': (more.at ?? new Date()).toISOString() },
        },
      },
    ]);
    await producer.disconnect();
  }

  async function listed(query: object = {}, workspaceId = 'acme'): Promise<DeadLetterEntry[]> {
    return (await stage.client().call(listDeadLetters, { params: { workspaceId }, query })).items;
  }
  async function arrived(value: string, more: Parameters<typeof parked>[1] = {}): Promise<DeadLetterEntry> {
    const before = new Set((await listed({}, 'acme')).map(({ letterId }) => letterId));
    await parked(value, more);
    return eventually(async () => (await listed()).find(({ letterId }) => !before.has(letterId)), {
      what: 'the letter',
      within: 20_000,
    }) as Promise<DeadLetterEntry>;
  }
  async function lyingIn(topic: 'bot-events' | 'dead-letters'): Promise<KafkaRecord[]> {
    const records: KafkaRecord[] = [];
    await readTopic(kafka(), topicOnTheWire(topic, stage.config.KAFKA_TOPIC_PREFIX), (record) => records.push(record));
    return records;
  }

  it('are shown to their workspace with what was wrong and what they say', async () => {
    const entry = await arrived('{"text":"what the visitor wrote', { botId: 'demo' });
    expect(entry).toMatchObject({
      workspaceId: 'acme',
      ...{ topic: 'bot-events', service: 'escalation-orchestrator', reason: 'not-json', error: 'it is not JSON', eventType: 'bot-answer' },
      ...{ botId: 'demo', conversationId: CONVERSATION, state: 'open', replays: 0, cameBackFrom: null, cameBackAs: null },
    });
    expect(JSON.stringify(entry)).not.toContain('visitor wrote');
    const letter = await stage.client().call(getDeadLetter, { params: { ...params, letterId: entry.letterId } });
    expect(letter).toMatchObject({
      ...{
        key: CONVERSATION,
        partition: '0',
        offset: '7',
        content: { is: 'text', text: '{"text":"what the visitor wrote' },
        isIncomplete: false,
      },
      headers: expect.arrayContaining([{ name: 'ce_id', value: 'e1' }]),
    });
    await stage.client().call(getDeadLetter, { params: { ...params, letterId: entry.letterId } });
    const { items } = await stage.client().call(listAudit, { params, query: { action: 'dead-letter.read' } });
    expect(items.map(({ author, target }) => [author.kind, target])).toEqual([
      ['environment', { kind: 'dead-letter', id: entry.letterId }],
    ]);
    expect(await listed({ reason: 'invalid-data' })).toEqual([]);
    expect(await listed({ topic: 'bot-events', service: 'escalation-orchestrator', state: 'open' })).toHaveLength(1);
  });

  it('are nobody else’s: another workspace does not see them, and what nobody owns is for administrators', async () => {
    const entry = await arrived('x', { botId: 'demo' });
    expect((await listed({}, 'zeta')).map(({ letterId }) => letterId)).not.toContain(entry.letterId);
    await expect(stage.client().call(getDeadLetter, { params: { workspaceId: 'zeta', letterId: entry.letterId } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    const unowned = await arrived('y', { key: 'nobody' });
    expect(unowned.workspaceId).toBeNull();
    const asMember = await new LettersStore(stage.database).list({ workspaceId: 'acme', seesUnowned: false }, { limit: 100 });
    expect(asMember.map(({ id }) => id)).not.toContain(unowned.letterId);
  });

  it('are sent again once, however often somebody clicks, and it stands in the audit log', async () => {
    const entry = await arrived('again', { botId: 'demo' });
    const request = { params: { ...params, letterId: entry.letterId }, body: {} };
    const clicks = await Promise.all([1, 2, 3].map(() => stage.client().call(replayDeadLetter, request)));
    expect(clicks.map(({ outcome }) => outcome).sort()).toEqual(['already', 'already', 'replayed']);
    const sent = (await lyingIn('bot-events')).filter(({ value }) => value?.toString() === 'again');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.headers).toMatchObject({
      ce_id: Buffer.from('e1'),
      ce_replayed: Buffer.from('true'),
      ce_deadletter: Buffer.from(entry.letterId),
    });
    expect(await stage.client().call(getDeadLetter, { params: request.params })).toMatchObject({
      state: 'replayed',
      replays: 1,
      changedBy: { kind: 'environment' },
    });
    const audit = await stage.client().call(listAudit, { params, query: { action: 'dead-letter.replayed' } });
    expect(audit.items.filter(({ target }) => target.id === entry.letterId)).toHaveLength(1);
    expect(await stage.client().call(replayDeadLetter, { ...request, body: { again: true } })).toMatchObject({ outcome: 'replayed' });
  });

  it('that come back are known again', async () => {
    const entry = await arrived('boomerang', { botId: 'demo' });
    await stage.client().call(replayDeadLetter, { params: { ...params, letterId: entry.letterId }, body: {} });
    const back = await arrived('boomerang', { botId: 'demo', headers: { ce_replayed: 'true', ce_deadletter: entry.letterId } });
    expect(back).toMatchObject({ cameBackFrom: entry.letterId, state: 'open' });
    expect(await stage.client().call(getDeadLetter, { params: { ...params, letterId: entry.letterId } })).toMatchObject({
      cameBackAs: back.letterId,
    });
  });

  it('are sent again many at once, in their order; what is not theirs is said to be gone', async () => {
    const second = await arrived('second', { botId: 'demo', at: new Date('2026-02-02T10:00:00Z') });
    const first = await arrived('first', { botId: 'demo', at: new Date('2026-02-01T10:00:00Z') });
    const foreign = '00000000-0000-4000-8000-000000000000';
    const { items } = await stage
      .client()
      .call(replayDeadLetters, { params, body: { letterIds: [second.letterId, foreign, first.letterId] } });
    expect(items.find(({ letterId }) => letterId === foreign)?.outcome).toBe('gone');
    const order = (await lyingIn('bot-events'))
      .map(({ value }) => value?.toString())
      .filter((text) => text === 'first' || text === 'second');
    expect(order).toEqual(['first', 'second']);
  });

  it('can be dismissed, twice is once', async () => {
    const entry = await arrived('never mind', { botId: 'demo' });
    const request = { params: { ...params, letterId: entry.letterId } };
    const once = await stage.client().call(dismissDeadLetter, request);
    expect(once.state).toBe('dismissed');
    expect(await stage.client().call(dismissDeadLetter, request)).toEqual(once);
  });

  it('replayed on the command line are replayed here', async () => {
    const entry = await arrived('by hand', { botId: 'demo' });
    const { place } = await stage.client().call(getDeadLetter, { params: { ...params, letterId: entry.letterId } });
    const producer = kafka().producer();
    const topic = topicOnTheWire(DEAD_LETTERS, stage.config.KAFKA_TOPIC_PREFIX);
    await producer.send([{ topic, key: CONVERSATION, value: null, headers: { 'dl-replay-of': place, 'dl-at': new Date().toISOString() } }]);
    await producer.disconnect();
    await eventually(async () => (await listed({ state: 'replayed' })).some(({ letterId }) => letterId === entry.letterId), {
      what: 'the note',
    });
  });

  it('forget what a person said, and stay forgotten after a restart', async () => {
    const entry = await arrived('a secret wish', { botId: 'demo' });
    expect(await new LettersStore(stage.database).erase([CONVERSATION], [])).toBeGreaterThan(0);
    await stage.restart();
    await expect(stage.client().call(getDeadLetter, { params: { ...params, letterId: entry.letterId } })).rejects.toBeInstanceOf(
      ApiProblem,
    );
    const rows: { n: number }[] = await stage.database.query(
      'SELECT count(*)::int AS n FROM dead_letters WHERE value IS NOT NULL AND conversation_id = $1',
      [CONVERSATION],
    );
    expect(rows[0]!.n).toBe(0);
  });
});
