import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOnTheWire } from '@baton/contracts';
import { createKafka } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import { ChatboxVisitor } from '../journey/ai/chatbox-visitor.js';
import { notesOf } from '../journey/crisp-control.js';
import { connected } from '../journey/messenger/cast.js';
import { MessengerControl } from '../journey/messenger-person.js';
import { Stage } from '../journey/stage.js';
import { type Platform, REPOSITORY, startPlatform } from '../platform/platform.js';
import { DEMO_WEBSITE, HELPDESK_WEBSITE, MIA } from '../platform/sandbox-crisp.js';
import { Exposition } from './exposition.js';

/** What dashboards and alert rules ask for, with the labels of each; written from their descriptions. */
const ASKED_FOR = JSON.parse(readFileSync(`${REPOSITORY}deploy/observability/asked-for.json`, 'utf8')) as Record<string, string[]>;
const WORDS = ['visitor-messages', 'crisp-webhooks', 'messenger-webhooks', 'bot-events', 'bot-turns', 'deliveries'];

/** What only troubles count that this walk does not bring: their names are held against the processes, their labels are not. */
const NOT_SEEN_HERE = [
  'baton_answers_dropped_total',
  'baton_crisp_website_quota_used_ratio',
  'baton_effects_in_doubt',
  'baton_effects_open',
  'baton_files_fetched_total',
  'baton_inbox_ignored_total',
  'baton_inbox_state_changes_total',
  'baton_sources_taken_in_total',
  'baton_topic_drift',
];

let directory: string;
let platform: Platform;
let stage: Stage;

const look = (): Promise<Exposition> => {
  const { ingress, orchestrators, dispatchers, ais, controlPlane } = platform.urls;
  return Exposition.of([ingress, ...orchestrators, ...dispatchers, ...ais, controlPlane]);
};
const lost = (seen: Exposition): number => seen.sum('baton_delivery_gaps_total') + seen.sum('baton_records_parked_total', { topic: WORDS });

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'baton-metrics-'));
  platform = await startPlatform({ ports: 'free', directory, partitions: 3, without: ['site'] });
  stage = new Stage({ ...platform.urls, hasTestBots: false }, () => undefined);
}, 90_000);

afterAll(async () => {
  stage?.leave();
  await platform?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
});

describe('the metrics of a platform that runs', () => {
  it('tell how long a handover took, and how far its words came', async () => {
    const name = stage.aName();
    const began = Date.now() - 1_000;
    const visitor = await stage.visitor('demo');
    await visitor.send(`My name is ${name}`);
    await visitor.send('A refund', 'human:billing');
    await visitor.floorIs('waiting');
    const inbox = await stage.inbox(DEMO_WEBSITE, name, began);
    await stage.crisp.write(inbox.session_id, 'Hello, Mia here', MIA);
    await visitor.sees(({ text }) => text === 'Hello, Mia here', "the agent's words");
    await visitor.send('It never came');
    await stage.crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'It never came'), 'his words');
    await stage.crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');

    const seen = await eventually(
      async () => {
        const now = await look();
        return now.sum('baton_handover_resolve_seconds_count') > 0 && now.sum('baton_visitor_word_seconds_count') > 0 ? now : undefined;
      },
      { within: 10_000, every: 250, what: 'the handover in the metrics' },
    );
    for (const event of ['requested', 'accepted', 'connected', 'resolved']) {
      expect({ event, times: seen.sum('baton_handovers_total', { bot: 'demo', event }) }).toEqual({ event, times: 1 });
    }
    expect(seen.sum('baton_handover_decision_seconds_bucket', { outcome: 'accepted', le: '10' })).toBe(1);
    expect(seen.sum('baton_handover_first_word_seconds_count')).toBe(1);
    expect(seen.sum('baton_agent_word_seconds_bucket', { channel: 'webchat', le: '5' })).toBe(1);
    expect(seen.sum('baton_visitor_word_seconds_bucket', { le: '10' })).toBeGreaterThanOrEqual(1);
    expect(seen.sum('baton_webhooks_total', { platform: 'crisp', outcome: 'accepted' })).toBeGreaterThan(1);
    expect(lost(seen)).toBe(0);
  }, 45_000);

  it('tell of words that Messenger takes, and of those that it refuses', async () => {
    const messenger = new MessengerControl(platform.urls.messenger);
    const { person, inbox } = await connected(stage, messenger);
    await person.change({ blocked: true });
    await stage.crisp.write(inbox.session_id, 'Are you still there?', MIA);
    await stage.crisp.shows(inbox.session_id, (one) => notesOf(one).some((note) => /still there/.test(note)), 'a note', 30_000);

    const seen = await look();
    expect(seen.sum('baton_deliveries_total', { channel: 'messenger', outcome: 'failed', reason: 'blocked' })).toBe(1);
    expect(seen.sum('baton_deliveries_total', { channel: 'messenger', outcome: 'sent' })).toBeGreaterThan(0);
    expect(seen.sum('baton_agent_word_seconds_count', { channel: 'messenger' })).toBe(1);
    expect(lost(seen)).toBe(0);
  }, 60_000);

  it('tell of an answer of the AI', async () => {
    const visitor = await ChatboxVisitor.enter(stage.crisp, HELPDESK_WEBSITE, stage.aName());
    await visitor.writes('Who won the football match yesterday?');
    await visitor.answered();
    await eventually(async () => ((await look()).sum('baton_answer_seconds_count', { place: 'inbox' }) > 0 ? true : undefined), {
      within: 10_000,
      every: 250,
      what: 'the answer in the metrics',
    });
    expect((await look()).sum('baton_answers_total', { place: 'inbox', outcome: 'posted' })).toBe(1);
  }, 45_000);

  it('move when a record with words cannot be understood: nought is lost before, one after', async () => {
    expect(lost(await look())).toBe(0);
    const { topicPrefix, local } = platform;
    const producer = createKafka({ brokers: local.brokers, clientId: 'nonsense', topicPrefix }).producer();
    await producer.connect();
    await producer.send([
      {
        topic: topicOnTheWire('visitor-messages', topicPrefix),
        key: '00000000-0000-4000-8000-000000000000',
        value: 'no event',
        headers: {},
      },
    ]);
    await producer.disconnect();
    await eventually(async () => (lost(await look()) === 1 ? true : undefined), { within: 10_000, every: 250, what: 'a lost word' });
    // The control plane looks every 15 seconds, and keeps them until somebody looked after them.
    await eventually(async () => ((await look()).sum('baton_dead_letters_open') === 1 ? true : undefined), {
      within: 40_000,
      every: 500,
      what: 'an open dead letter',
    });
  }, 60_000);

  it('are all that dashboards and alerts ask for, by the labels that they ask by', async () => {
    const seen = await look();
    const asked = Object.entries(ASKED_FOR);
    expect(asked.length).toBeGreaterThan(70);
    expect(NOT_SEEN_HERE.filter((name) => !(name in ASKED_FOR))).toEqual([]);
    expect(asked.filter(([name]) => !seen.knows(name)).map(([name]) => name)).toEqual([]);
    const withoutSample = asked.filter(([name]) => seen.labelsOf(name).length === 0).map(([name]) => name);
    expect(withoutSample.filter((name) => !NOT_SEEN_HERE.includes(name))).toEqual([]);
    const otherwise = asked.flatMap(([name, labels]) =>
      seen
        .labelsOf(name)
        .filter((has) => has.join() !== labels.join())
        .map((has) => `${name} has ${has.join()}, not ${labels.join()}`),
    );
    expect([...new Set(otherwise)]).toEqual([]);
  });
});
