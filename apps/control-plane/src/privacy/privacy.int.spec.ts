import { randomBytes, randomUUID } from 'node:crypto';
import { createApiKey, createPrivacyRequest, findPerson, getPrivacyRequest, getPrivacyResult, listAudit } from '@baton/control-api';
import type { PrivacyRequest } from '@baton/control-api';
import type { Erase } from '@baton/passes';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runVerify } from '../cli/verify/run-verify.js';
import { SCHEMA } from '../database/database.js';
import { PlayedService } from '../testing/played-service.js';
import type { InnerCall } from '../testing/played-service.js';
import { refused } from '../testing/refused.js';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { Privacy } from './privacy.js';
import { PrivacyStore } from './privacy-store.js';
import { WorkOff } from './work-off.js';

const PASS_KEY = randomBytes(32).toString('base64');
const WEBSITE = '11111111-2222-4333-8444-555555555555';
const WORD = 'zanzibarword';
const DAY_MS = 86_400_000;
const ACME = { workspaceId: 'acme' };
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

/** Who wrote, and what the services hold of him until they erase it. */
interface Person {
  readonly email: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly isHeldBy: Set<'orchestrator' | 'ai'>;
}

describe('one person, over the API', () => {
  let stage: Stage;
  const people: Person[] = [];
  /** The dispatcher's answers wait for it. */
  let held: Promise<void> = Promise.resolve();

  const orchestrator = new PlayedService(PASS_KEY, (call) => answerOf('orchestrator', call));
  const dispatcher = new PlayedService(PASS_KEY, async ({ path }) => {
    await held;
    return path === '/privacy/erase' ? { rows: 3, crisp: [], numbering: [] } : { conversations: [{ log: [{ frame: WORD }] }] };
  });
  const ai = new PlayedService(PASS_KEY, (call) => answerOf('ai', call));
  const services = [orchestrator, dispatcher, ai];

  /** As the real doors do: of a workspace only what belongs to it. */
  function answerOf(service: 'orchestrator' | 'ai', { path, pass, body }: InnerCall): unknown {
    const mine = pass.workspaceId === 'acme' ? people.filter(({ isHeldBy }) => isHeldBy.has(service)) : [];
    const now = new Date().toISOString();
    if (path === '/privacy/find') {
      const { value } = (body as { person: { value: string } }).person;
      const found = mine.filter(({ email }) => email === value.toLowerCase());
      const crisp = ({ sessionId }: Person) => ({ websiteId: WEBSITE, sessionId });
      return service === 'ai'
        ? { conversations: [], sessions: found.map((one) => ({ ...crisp(one), botId: 'demo', until: now })) }
        : {
            conversations: found.map((one) => ({
              ...{ conversationId: one.conversationId, botId: 'demo', channel: 'webchat', from: now, until: now, lines: 2 },
              crispSessions: [crisp(one)],
            })),
            sessions: [],
          };
    }
    const of = body as Erase;
    const ids = mine.filter(
      ({ conversationId, sessionId }) => of.conversationIds.includes(conversationId) || of.sessionIds.includes(sessionId),
    );
    if (path === '/privacy/export') return { conversations: ids.map(({ email }) => ({ email, said: WORD })) };
    for (const { isHeldBy } of ids) isHeldBy.delete(service);
    const crisp = ids.map(({ sessionId }) => ({ websiteId: WEBSITE, sessionId, deleted: of.atCrisp }));
    const numbering = of.conversationIds.map((conversationId) => ({ conversationId, deliverySequence: 7, turn: 2, epoch: 1 }));
    return { rows: 5, crisp, numbering: service === 'ai' ? [] : numbering };
  }

  function aPerson(): Person {
    const person: Person = {
      email: `ada-${randomBytes(4).toString('hex')}@privacy.example.test`,
      conversationId: randomUUID(),
      sessionId: `session_${randomUUID()}`,
      isHeldBy: new Set(['orchestrator', 'ai']),
    };
    people.push(person);
    return person;
  }

  const known = ({ email }: Person) => ({ by: 'email' as const, value: email });
  const begin = (person: Person, kind: 'export' | 'erase', more: object = {}, key?: string): Promise<PrivacyRequest> =>
    stage.client(key).call(createPrivacyRequest, {
      params: ACME,
      body: { kind, person: known(person), ...(kind === 'erase' && { confirmation: person.email }), ...more },
    });
  const look = ({ requestId }: PrivacyRequest) => stage.client().call(getPrivacyRequest, { params: { ...ACME, requestId } });
  const resultOf = ({ requestId }: PrivacyRequest) => stage.client().call(getPrivacyResult, { params: { ...ACME, requestId } });
  const ends = (request: PrivacyRequest): Promise<PrivacyRequest> =>
    eventually(
      async () => {
        const now = await look(request);
        return now.endedAt !== null && now;
      },
      { what: `the end of ${request.kind}`, within: 20_000 },
    ) as Promise<PrivacyRequest>;
  const erasuresOf = (service: PlayedService, person: Person): Erase[] =>
    service
      .callsTo('/privacy/erase')
      .flatMap(({ body }) => ((body as Erase).conversationIds.includes(person.conversationId) ? [body as Erase] : []));
  const doneSteps = ({ steps }: PrivacyRequest) => steps.flatMap(({ step, done }) => (done ? [step] : []));

  /** Every table and column in which this stands, also as bytes. */
  async function whereIs(needle: string): Promise<string[]> {
    const columns: { table: string; column: string }[] = await stage.database.query(
      'SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = $1',
      [SCHEMA],
    );
    const found: string[] = [];
    for (const { table, column } of columns) {
      const rows: unknown[] = await stage.database.query(`SELECT 1 FROM "${table}" WHERE "${column}"::text ILIKE ANY ($1) LIMIT 1`, [
        [needle, Buffer.from(needle).toString('hex')].map((one) => `%${one}%`),
      ]);
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
    return found.sort();
  }

  beforeAll(async () => {
    await Promise.all(services.map((service) => service.open()));
    const urls = { ORCHESTRATOR_URL: orchestrator.url, DISPATCHER_URL: dispatcher.url, AI_URL: ai.url };
    stage = await startStage({ env: { PASS_KEY, ...urls }, logLevel: 'trace' });
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await Promise.all(services.map((service) => service.close()));
  }, 30_000);

  it('is found everywhere, with passes of this workspace; in another one nothing is', async () => {
    const person = aPerson();
    const ask = (workspaceId: string) => stage.client().call(findPerson, { params: { workspaceId }, body: known(person) });
    expect(await ask('acme')).toMatchObject({
      conversations: [{ conversationId: person.conversationId, crispSessions: [{ sessionId: person.sessionId }] }],
      sessions: [{ sessionId: person.sessionId, botId: 'demo' }],
    });
    expect(orchestrator.calls.at(-1)!.pass).toMatchObject({ workspaceId: 'acme', errand: 'privacy', may: 'read' });
    expect(await ask('rival')).toEqual({ conversations: [], sessions: [] });
  });

  it('is exported into one document, which is there for seven days and then is not', async () => {
    const person = aPerson();
    const request = await begin(person, 'export');
    const ended = await ends(request);
    expect(doneSteps(ended)).toEqual(['orchestrator', 'dispatcher', 'ai']);
    expect(ended).toMatchObject({ conversations: 1, sessions: 1, goneFromTopicsAt: null });
    expect(Date.parse(ended.resultUntil!) - Date.parse(ended.endedAt!)).toBe(7 * DAY_MS);
    expect(await resultOf(request)).toMatchObject({
      orchestrator: { conversations: [{ email: person.email, said: WORD }] },
      dispatcher: { conversations: [{ log: [{ frame: WORD }] }] },
      ai: { conversations: [{ said: WORD }] },
    });
    const elsewhere = { params: { workspaceId: 'rival', requestId: request.requestId } };
    expect((await refused(stage.client().call(getPrivacyResult, elsewhere))).code).toBe('not-found');
    expect((await refused(stage.client().call(getPrivacyRequest, elsewhere))).code).toBe('not-found');

    const store = new PrivacyStore(stage.database);
    await store.forgetResults(inDays(6.9));
    expect(await resultOf(request)).toHaveProperty('ai');
    const later = new Privacy({ store, now: () => inDays(7.1) } as never);
    expect(await later.result('acme', request.requestId).catch((error: { code: string }) => error.code)).toBe('not-found');
    const worker = new WorkOff({ store, now: () => inDays(7.1) } as never);
    worker.wake();
    await worker.stop();
    expect((await look(request)).resultUntil).toBeNull();
    expect((await refused(resultOf(request))).code).toBe('not-found');
    expect(await whereIs(person.email)).toEqual([]);
  }, 40_000);

  it('is erased step by step, his exports and dead letters, too; nothing that leads to him stays in tables, audit and logs', async () => {
    const person = aPerson();
    const exported = await ends(await begin(person, 'export'));
    await stage.database.query(
      `INSERT INTO dead_letters (id, at, place, topic, origin_partition, origin_offset, consumer, reason, error, key, headers, value, size,
         is_incomplete, conversation_id, workspace_id)
       VALUES ($1, now(), '0:1', 't', '0', '1', 'c', 'unreadable', 'e', $2, '[]', $3, 1, false, $4, 'acme')`,
      [randomUUID(), Buffer.from(person.conversationId), Buffer.from(`{"email":"${person.email}"}`), person.conversationId],
    );
    expect(await whereIs(person.email)).toEqual(['dead_letters.value', 'privacy_requests.result']);

    expect((await refused(begin(person, 'erase', { confirmation: 'somebody else' }))).errors).toMatchObject([{ pointer: '/confirmation' }]);
    const ended = await ends(await begin(person, 'erase', { deleteAtCrisp: true }));
    expect(ended.steps).toEqual(
      [
        ['orchestrator', 5],
        ['dispatcher', 3],
        ['ai', 5],
        ['control-plane', 2],
      ].map(([step, rows]) => ({ step, done: true, rows, waitsBecause: null })),
    );
    expect(ended.crisp).toEqual([{ websiteId: WEBSITE, sessionId: person.sessionId, deleted: true }]);
    expect(Date.parse(ended.goneFromTopicsAt!) - Date.parse(ended.endedAt!)).toBe(7 * DAY_MS);
    for (const service of [dispatcher, ai])
      expect(erasuresOf(service, person)).toMatchObject([{ numbering: [{ deliverySequence: 7, turn: 2, epoch: 1 }], atCrisp: true }]);
    expect(services.every(({ calls }) => calls.every(({ path, pass }) => (pass.may === 'write') === (path === '/privacy/erase')))).toBe(
      true,
    );

    expect((await refused(resultOf(exported))).code).toBe('not-found');
    expect(await whereIs(person.email)).toEqual([]);
    expect(stage.logLines.join('')).not.toContain(person.email);
    const { items } = await stage.client().call(listAudit, { params: ACME, query: { target: `person:${ended.requestId}` } });
    expect(items).toMatchObject([{ action: 'person.erase', details: { by: 'email', person: expect.stringMatching(/^[0-9a-f]{32}$/) } }]);
    expect((await refused(begin(person, 'erase'))).code).toBe('conflict');
  }, 60_000);

  it('who was erased is not found by verify-erasure, but for the proof of it', async () => {
    const person = aPerson();
    await ends(await begin(person, 'export'));
    const others = ['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply'].flatMap((service) => ['--without', service]);
    const verify = async (text: string) => {
      const said: string[] = [];
      const env = {
        DATABASE_URL: stage.config.DATABASE_URL,
        KAFKA_BROKERS: process.env['KAFKA_BROKERS']!,
        KAFKA_TOPIC_PREFIX: stage.config.KAFKA_TOPIC_PREFIX,
      };
      const say = (line: string) => void said.push(line);
      return {
        code: await runVerify(['--person', text, ...others], env, { say, complain: say, ask: undefined, hasColours: false }),
        said: said.join('\n'),
      };
    };
    expect(await verify(person.email)).toMatchObject({ code: 1, said: expect.stringMatching(/privacy_requests: 1 row$/m) });
    await ends(await begin(person, 'erase', { deleteAtCrisp: true }));
    expect(await verify(person.email)).toMatchObject({ code: 0, said: expect.stringContaining('something in 0.') });
    const { code, said } = await verify(person.conversationId);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringMatching(/privacy_requests: 2 rows, .* kept as the proof/) });
    expect(said).toContain('something in 0.');
  }, 60_000);

  it('waits for a service that is away and says so; begun anew in the middle, it goes on and ends once', async () => {
    const person = aPerson();
    await dispatcher.close();
    let request: PrivacyRequest;
    try {
      request = await begin(person, 'erase');
      const waits = await eventually(
        async () => {
          const now = await look(request);
          return now.steps.some(({ waitsBecause }) => waitsBecause !== null) && now;
        },
        { what: 'an erasure that waits' },
      );
      expect(doneSteps(waits as PrivacyRequest)).toEqual(['orchestrator']);
      expect((waits as PrivacyRequest).steps[1]).toMatchObject({
        done: false,
        waitsBecause: expect.stringContaining('dispatcher does not answer'),
      });
      await stage.restart();
      expect((await look(request)).endedAt).toBeNull();
    } finally {
      await dispatcher.open();
    }
    const ended = await ends(request);
    expect(ended.steps.every(({ done, waitsBecause }) => done && waitsBecause === null)).toBe(true);
    expect(services.map((service) => erasuresOf(service, person).length)).toEqual([1, 1, 1]);
  }, 60_000);

  it('is nobody else’s work for a minute; a control plane that stops ends the step, and the next one does the rest', async () => {
    const person = aPerson();
    let letGo = (): void => undefined;
    held = new Promise<void>((resolve) => (letGo = resolve));
    const request = await begin(person, 'erase');
    await eventually(() => erasuresOf(dispatcher, person).length === 1, { what: 'the dispatcher being asked' });
    const store = new PrivacyStore(stage.database);
    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);
    expect(await store.take(inSeconds(45), inSeconds(50))).toBeUndefined();

    const restarted = stage.restart();
    letGo();
    await restarted;
    const ended = await ends(request);
    expect(doneSteps(ended)).toEqual(['orchestrator', 'dispatcher', 'ai', 'control-plane']);
    expect(services.map((service) => erasuresOf(service, person).length)).toEqual([1, 1, 1]);
  }, 60_000);

  it('is taken over after a minute from whoever died with it', async () => {
    const person = aPerson();
    const request = await begin(person, 'export');
    await ends(request);
    const store = new PrivacyStore(stage.database);
    const in1Day = inDays(1);
    await stage.database.query('UPDATE privacy_requests SET next_at = $2, ended_at = NULL WHERE request_id = $1', [
      request.requestId,
      in1Day,
    ]);
    const dead = await store.take(in1Day, new Date(in1Day.getTime() + 60_000));
    expect(dead?.requestId).toBe(request.requestId);
    expect(await store.take(new Date(in1Day.getTime() + 59_000), inDays(2))).toBeUndefined();
    expect((await store.take(new Date(in1Day.getTime() + 60_000), inDays(2)))?.requestId).toBe(request.requestId);
    await stage.database.query('UPDATE privacy_requests SET next_at = NULL, ended_at = now() WHERE request_id = $1', [request.requestId]);
  }, 40_000);

  it('is erased once for two clicks: the second finds the same, and both end', async () => {
    const person = aPerson();
    const both = await Promise.allSettled([begin(person, 'erase'), begin(person, 'erase')]);
    const begun = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(begun.length).toBeGreaterThan(0);
    for (const request of begun) expect((await ends(request)).steps.every(({ done }) => done)).toBe(true);
    expect(person.isHeldBy.size).toBe(0);
    expect((await refused(begin(person, 'erase'))).code).toBe('conflict');
  }, 40_000);

  it('is for owners only', async () => {
    const person = aPerson();
    const keyOf = async (role: 'viewer' | 'editor' | 'owner', scope: 'privacy' | 'bots') =>
      (await stage.client().call(createApiKey, { params: ACME, body: { name: `${role} ${scope}`, role, scopes: [scope] } as never })).key;
    for (const key of [await keyOf('editor', 'privacy'), await keyOf('viewer', 'privacy'), await keyOf('owner', 'bots')]) {
      expect((await refused(begin(person, 'erase', {}, key))).code).toBe('not-allowed');
      expect((await refused(stage.client(key).call(findPerson, { params: ACME, body: known(person) }))).code).toBe('not-allowed');
    }
    expect(person.isHeldBy.size).toBe(2);
    await ends(await begin(person, 'export', {}, await keyOf('owner', 'privacy')));
  }, 40_000);
});
