import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { topicOnTheWire } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { batonReplay } from '../testing/baton-replay.js';
import type { Replayed } from '../testing/baton-replay.js';
import { WEBSITE } from '../floor/conversation.builder.js';
import { Stage } from '../testing/stage.js';
import type { TalkingVisitor } from '../testing/talking-visitor.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

interface Difference {
  readonly kind: string;
  readonly verdict: string;
  readonly follows: boolean;
  readonly changes: readonly Record<string, unknown>[];
  readonly inWords: readonly string[];
}

interface Report {
  readonly summary: Record<string, number>;
  readonly differences: readonly Difference[];
}

let stage: Stage;
let ada: TalkingVisitor;
let reader: NodeJS.ProcessEnv;
beforeAll(async () => {
  stage = await Stage.build({ timers: { noFirstAnswerSeconds: 600, silenceSeconds: 900 }, waiting: { keepAliveSeconds: 1 } });
  await stage.replica();
  ada = stage.visitor(`ada-${Date.now()}`);
  await aWholeHandover(ada);
  reader = await onlyReading(stage.dataSource);
}, 120_000);
afterAll(() => stage.close());

/** Declined, asked again, accepted, kept alive while waiting, answered, edited, taken back, resolved, and the bot again. */
async function aWholeHandover(visitor: TalkingVisitor): Promise<void> {
  await visitor.isThere(true);
  await visitor.says('hello, is anybody there?');
  await visitor.hears('bot.turn');
  await visitor.types(true);
  await visitor.botSays({ turn: 1, epoch: 0, messages: [{ text: 'Hello! What is it about?' }] });
  await visitor.isShown('Hello! What is it about?');
  await stage.crisp('POST', `/websites/${WEBSITE}/availability`, { status: 'away' });
  await visitor.botSays({ need_help: true, category: 'billing' });
  await visitor.hears('handover.declined');
  await stage.crisp('POST', `/websites/${WEBSITE}/availability`, { status: 'online' });
  const session = await visitor.getsToAgents({ category: 'billing' });
  await visitor.says('my invoice is wrong');
  await eventually(async () => (await visitor.inCrisp(session)).messages.some(({ content }) => content === 'my invoice is wrong'), {
    what: 'the words in Crisp',
    within: 15_000,
  });
  await eventually(() => visitor.shown.length >= 4, { what: 'a word while he waits', within: 15_000 });
  const fingerprint = await visitor.agentSays(session, 'Hello, I am Mia');
  await visitor.isShown('Hello, I am Mia');
  await stage.crisp('PATCH', `/conversations/${session}/messages/${fingerprint}`, { text: 'Hello, I am Mia!' });
  await visitor.hears('delivery.edit');
  await visitor.says('thank you');
  await visitor.isHelped(session, 'All is well now');
  await visitor.hears('bot.unmuted');
  await visitor.says('one more thing');
  await visitor.hears('bot.turn', 3);
}

/** A role that may read and nothing else, on a Crisp that is not there. */
async function onlyReading(dataSource: DataSource): Promise<NodeJS.ProcessEnv> {
  const url = new URL(stage.databaseUrl);
  const role = `replay_${Date.now()}`;
  await dataSource.query(`CREATE ROLE ${role} LOGIN PASSWORD 'reads'`);
  await dataSource.query(`GRANT USAGE ON SCHEMA orchestrator TO ${role}`);
  const tables = ['judged_facts', 'judged_policies', 'conversations', 'transcript_lines'].map((table) => `orchestrator.${table}`);
  await dataSource.query(`GRANT SELECT ON ${tables.join(', ')} TO ${role}`);
  [url.username, url.password] = [role, 'reads'];
  const { brokers, topicPrefix } = stage.kafka.config;
  return { DATABASE_URL: url.toString(), KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: topicPrefix };
}

const replay = (...args: readonly string[]): Promise<Replayed> => batonReplay(['--conversation', ada.conversationId, ...args], reader);

async function report(...args: readonly string[]): Promise<Report & { code: number }> {
  const { code, out, err } = await replay('--json', ...args);
  if (code === 2) throw new Error(err);
  return { code, ...(JSON.parse(out) as Report) };
}

describe('what happened, judged again', () => {
  it('is decided as it was by the build that decided it', async () => {
    const { code, out, err } = await replay();
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }, 60_000);

  it('explains', async () => {
    const { out } = await replay('--explain');
  }, 60_000);
});
