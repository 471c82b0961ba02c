import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOnTheWire, TOPICS } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { createDataSource } from '@baton/persistence';
import type { DataSource } from 'typeorm';
import { WEBSITE } from '../floor/conversation.builder.js';
import { eraseConversations } from '../privacy/erase-conversations.js';
import { SCHEMA } from '../schema/index.js';
import { batonReplay } from '../testing/baton-replay.js';
import type { Replayed } from '../testing/baton-replay.js';
import { Stage } from '../testing/stage.js';
import type { TalkingVisitor } from '../testing/talking-visitor.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

interface Report {
  readonly code: number;
  readonly summary: Record<string, number>;
  readonly differences: readonly {
    readonly kind: string;
    readonly verdict: string;
    readonly follows: boolean;
    readonly changes: readonly { readonly is: string; readonly part?: string }[];
  }[];
}

let stage: Stage;
let ada: TalkingVisitor;
let role: string;
let reader: NodeJS.ProcessEnv;
beforeAll(async () => {
  stage = await Stage.build({ timers: { noFirstAnswerSeconds: 600, silenceSeconds: 900 }, waiting: { keepAliveSeconds: 2 } });
  await stage.replica();
  ada = stage.visitor(`ada-${Date.now()}`);
  await aWholeHandover(ada);
  // From here on nothing happens any more: whatever is written is written by the replay.
  stage.dropsHooks = true;
  await Promise.all(stage.replicas.map(({ child }) => child.kill()));
  [role, reader] = await onlyReading(stage.dataSource);
}, 120_000);
afterAll(async () => {
  await stage.dataSource.query(`DROP OWNED BY ${role}`);
  await stage.dataSource.query(`DROP ROLE ${role}`);
  await stage.close();
});

/** Nobody is there, then somebody is; a word while he waits, an answer, a correction, a line taken back, the end, and the bot again. */
async function aWholeHandover(visitor: TalkingVisitor): Promise<void> {
  const agentsAre = (status: string) => stage.crisp('POST', `/websites/${WEBSITE}/availability`, { status });
  await visitor.isThere(true);
  await visitor.says('hello, is anybody there?');
  await visitor.hears('bot.turn');
  await visitor.types(true);
  await visitor.botSays({ turn: 1, epoch: 0, messages: [{ text: 'Hello! What is it about?' }] });
  await visitor.isShown('Hello! What is it about?');
  await agentsAre('away');
  await visitor.botSays({ need_help: true, category: 'billing' });
  await visitor.hears('handover.declined');
  await agentsAre('online');
  const session = await visitor.getsToAgents({ category: 'billing' });
  await visitor.says('my invoice is wrong');
  await eventually(async () => (await visitor.inCrisp(session)).messages.some(({ content }) => content === 'my invoice is wrong'), {
    what: 'the words in Crisp',
    within: 15_000,
  });
  await eventually(() => judged("matter -> 'fact' ->> 'kind' = 'time-passed'").then((count) => count > 0), {
    what: 'a timer that rang while he waits',
    within: 30_000,
  });
  const fingerprint = await visitor.agentSays(session, 'Hello, I am Mia');
  await visitor.isShown('Hello, I am Mia');
  await stage.crisp('PATCH', `/conversations/${session}/messages/${fingerprint}`, { text: 'Hello, I am Mia!' });
  await visitor.hears('delivery.edit');
  const mistake = await visitor.agentSays(session, 'for somebody else');
  await visitor.isShown('for somebody else');
  await stage.crisp('DELETE', `/conversations/${session}/messages/${mistake}`);
  await visitor.hears('delivery.removal');
  await visitor.says('thank you');
  await visitor.isHelped(session, 'All is well now');
  const turns = visitor.told('bot.turn').length;
  await visitor.says('one more thing');
  await visitor.hears('bot.turn', turns + 1);
}

async function judged(where = 'true'): Promise<number> {
  const sql = `SELECT count(*)::integer AS count FROM judged_facts WHERE conversation_id = $1 AND ${where}`;
  const [row] = (await stage.dataSource.query(sql, [ada.conversationId])) as { count: number }[];
  return row!.count;
}

/** A user that may read what is needed and nothing else; Crisp's address and every key are unknown to it. */
async function onlyReading(dataSource: DataSource): Promise<[string, NodeJS.ProcessEnv]> {
  const name = `replay_${Date.now()}`;
  const tables = ['judged_facts', 'judged_policies', 'conversations', 'transcript_lines'].map((table) => `${SCHEMA}.${table}`);
  await dataSource.query(`CREATE ROLE ${name} LOGIN PASSWORD 'reads'`);
  await dataSource.query(`GRANT USAGE ON SCHEMA ${SCHEMA} TO ${name}`);
  await dataSource.query(`GRANT SELECT ON ${tables.join(', ')} TO ${name}`);
  const url = new URL(stage.databaseUrl);
  [url.username, url.password] = [name, 'reads'];
  const { brokers, topicPrefix } = stage.kafka.config;
  return [name, { DATABASE_URL: url.toString(), KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: topicPrefix }];
}

const replay = (...args: readonly string[]): Promise<Replayed> => batonReplay(args, reader);

async function report(...args: readonly string[]): Promise<Report> {
  const { code, out, err } = await replay('--json', ...args);
  if (code === 2) throw new Error(err);
  return { code, ...(JSON.parse(out) as Omit<Report, 'code'>) };
}

/** This build, but for one sentence of its rule. */
async function anotherBuild(file: string, sentence: string, other: string): Promise<string> {
  const build = await mkdtemp(path.join(tmpdir(), 'baton-build-'));
  const app = path.join(build, 'apps/escalation-orchestrator');
  await mkdir(app, { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(build, 'node_modules'));
  await cp(path.join(ROOT, 'apps/escalation-orchestrator/dist'), path.join(app, 'dist'), { recursive: true });
  await cp(path.join(ROOT, 'apps/escalation-orchestrator/package.json'), path.join(app, 'package.json'));
  const text = await readFile(path.join(app, 'dist', file), 'utf8');
  if (!text.includes(sentence)) throw new Error(`${file} does not say "${sentence}"`);
  await writeFile(path.join(app, 'dist', file), text.replace(sentence, other));
  return build;
}

/** Where each topic ends, and what each table that the judge writes holds. */
async function everything(): Promise<unknown> {
  const admin = stage.kafka.admin();
  await admin.connect();
  // The publisher of the stage says every ten seconds that the settings are current: that is not the replay.
  const topics = TOPICS.filter(({ name }) => name !== 'settings');
  const ends = await Promise.all(topics.map(({ name }) => admin.bounds(topicOnTheWire(name, stage.kafka.config.topicPrefix))));
  await admin.disconnect();
  const tables = ['conversations', 'judged_facts', 'decisions', 'effects', 'transcript_lines', 'crisp_messages', 'outbox', 'inbox'];
  const rows = await Promise.all(
    tables.map((table) => stage.dataSource.query(`SELECT count(*), max(xmin::text::bigint) AS newest FROM ${table}`)),
  );
  return { ends: ends.map((of) => of.map(({ end }) => String(end))), rows };
}

describe('a whole handover, judged again', () => {
  it('is decided as it was by the build that decided it, and nothing outside is touched', async () => {
    const before = await everything();
    const { code, out, err } = await replay('--conversation', ada.conversationId);
    expect({ code, err, out }).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^(\d+) facts of 1 conversation: \1 decided as then/),
    });
    expect(Number(/^\d+/.exec(out))).toBe(await judged());
    expect(await everything()).toEqual(before);
  }, 60_000);

  it('needs no right to write', async () => {
    const asReader = await createDataSource({ url: reader['DATABASE_URL']!, schema: SCHEMA, applicationName: 'test' }).initialize();
    await expect(asReader.query('UPDATE conversations SET epoch = 0')).rejects.toThrow('permission denied');
    await asReader.destroy();
  });

  it('differs by another setting exactly where that setting counts', async () => {
    const { code, summary, differences } = await report(
      '--conversation',
      ada.conversationId,
      '--set',
      'handover.timers.silenceSeconds=600',
    );
    expect({ code, floors: summary['otherFloor'] }).toEqual({ code: 1, floors: 0 });
    expect(differences.map(({ kind, changes }) => [kind, changes.map(({ is, part }) => part ?? is)])).toEqual([
      ['visitor-wrote', ['timers']],
    ]);
  }, 60_000);

  it('differs by another rule where that rule decides, and says what only follows', async () => {
    const build = await anotherBuild('floor/policy.js', 'ESCALATION_DEADLINE = 20_000', 'ESCALATION_DEADLINE = 19_000');
    try {
      const { code, differences } = await report('--conversation', ada.conversationId, '--build', build);
      expect(code).toBe(1);
      expect(differences[0]).toMatchObject({ kind: 'bot-answered', verdict: 'other-actions', follows: false });
      expect(differences[0]!.changes.map(({ part }) => part)).toContain('timers');
      expect(differences.slice(1).every(({ follows }) => follows)).toBe(true);
      expect(new Set(differences.map(({ kind }) => kind))).toEqual(new Set(['bot-answered', 'availability-known', 'first-message-posted']));
    } finally {
      await rm(build, { recursive: true });
    }
  }, 60_000);

  it('is judged from the middle of it, by what led up to there', async () => {
    const [row] = (await stage.dataSource.query(
      'SELECT at FROM judged_facts WHERE conversation_id = $1 ORDER BY position OFFSET 9 LIMIT 1',
      [ada.conversationId],
    )) as { at: Date }[];
    const { code, summary } = await report('--from', row!.at.toISOString(), '--bot', 'demo');
    expect(code).toBe(0);
    expect(summary).toMatchObject({ conversations: 1, ledUp: 9, same: (await judged()) - 9, unsure: 0 });
  }, 60_000);

  it('tells what people wrote only to whom asks for it, and keeps none of it a second time', async () => {
    const explained = await replay('--conversation', ada.conversationId, '--explain');
    expect(explained.out).toContain('floor agent');
    expect(explained.out).not.toContain('invoice');
    expect((await replay('--conversation', ada.conversationId, '--explain', '--words')).out).toContain('"my invoice is wrong"');
    expect(await judged("matter::text || decided::text || coalesce(knew::text, '') LIKE '%invoice%'")).toBe(0);
  }, 60_000);

  it('says what cannot be judged where a record is gone, and that nothing is noted of somebody who was erased', async () => {
    await stage.dataSource.query(
      `UPDATE judged_facts SET topic_offset = 1000000 WHERE conversation_id = $1 AND position = (SELECT max(position) FROM judged_facts WHERE conversation_id = $1 AND topic IS NOT NULL)`,
      [ada.conversationId],
    );
    expect(await replay('--conversation', ada.conversationId)).toMatchObject({
      code: 2,
      out: expect.stringContaining('1 facts could not'),
    });
    expect(await report('--conversation', ada.conversationId, '--allow-unsure', '1')).toMatchObject({ code: 0, summary: { unsure: 1 } });
    const nobody = await replay('--conversation', randomUUID());
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('Nothing is noted of that: is it within the JUDGED_DAYS') });
    await eraseConversations(stage.dataSource, ['demo'], [ada.conversationId], new Date());
    expect(await judged()).toBe(0);
    const { code, err } = await replay('--conversation', ada.conversationId);
    // He was the only one.
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('Nothing is noted at all: the orchestrators run with JUDGED_DAYS=0'),
    });
  }, 120_000);
});
