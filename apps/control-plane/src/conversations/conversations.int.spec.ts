import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConversation, getHistoryLink, getTimeline, listAudit, listConversations } from '@baton/control-api';
import type { ApiProblem } from '@baton/control-api';
import { readPass } from '@baton/passes';
import type { Pass } from '@baton/passes';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import type { ToldConversation, ToldHead, ToldLine, ToldSession } from './told.js';

const PASS_KEY = randomBytes(32).toString('base64');
const ID = '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a11';
const SESSION = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const NOON = Date.UTC(2026, 10, 21, 12);

type Answer = { readonly status?: number; readonly body: unknown };
type Door = (path: string, query: URLSearchParams, pass: Pass) => Answer;

/** A service of which only the inner door stands: what its answers hold is tested there. */
class Service {
  private server: Server | undefined;
  port = 0;
  readonly passes: Pass[] = [];
  constructor(private readonly door: Door) {}

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      const pass = readPass(PASS_KEY, request.headers.authorization, new Date());
      const url = new URL(request.url ?? '/', 'http://service');
      const none = { status: 404, body: { error: { code: 'not-found', message: 'there is nothing' } } };
      const closed = { status: 401, body: { error: { code: 'unauthorized', message: 'no pass' } } };
      if (pass) this.passes.push(pass);
      // One workspace has something; to all others the doors show nothing, as the real ones do.
      const found = pass?.workspaceId === 'acme' ? this.door(url.pathname.replace('/inner/v1', ''), url.searchParams, pass) : undefined;
      const empty = url.pathname === '/inner/v1/conversations' ? { body: { items: [] } } : none;
      const { status = 200, body }: Answer = !pass ? closed : (found ?? empty);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}

const NOBODY = { name: null, email: null };
const conversation: ToldConversation = {
  ...{ id: ID, botId: 'demo', channel: 'webchat', floor: 'waiting', visitor: { name: 'Ada', email: null }, present: true, startedAt: NOON },
  ...{ lastActivityAt: NOON + 5_000, waitingSince: NOON + 4_000, mutedUntil: null, handovers: 1, agent: null, category: null },
};
const head: ToldHead = {
  ...{ id: ID, botId: 'demo', channel: 'webchat', floor: 'bot', epoch: 1, visitor: { ...NOBODY, locale: 'en', present: true } },
  ...{ startedAt: NOON, lastActivityAt: NOON, mutedUntil: null, answeredElsewhere: false, timers: [], promises: [], handovers: [] },
};
const session: ToldSession = {
  ...{ id: SESSION, botId: 'demo', websiteId: 'w', state: 'open', epoch: 1, visitor: { ...NOBODY, locale: null } },
  ...{ startedAt: NOON, lastActivityAt: NOON + 9_000, waitingSince: null, dueAt: null },
};
const line = (id: string, at: number, status: string | null = null): ToldLine => ({
  ...{ kind: 'line', id, at, position: at - NOON, author: { kind: 'visitor' }, body: { type: 'text', text: `words ${id}` }, status },
  ...{ editedAt: null, removedAt: null, via: null, failure: null, reason: null, handoverId: null, mailed: false },
});

describe('conversations over the API', () => {
  let stage: Stage;
  const lines: ToldLine[] = [line('a', NOON)];
  const orchestrator = new Service((path, query) => {
    if (path === '/conversations') return { body: { items: query.get('floor') === 'agent' ? [] : [conversation] } };
    if (path === `/conversations/${ID}`) return { body: head };
    if (path === `/conversations/${ID}/history-link`) return { body: { url: 'https://support.example/history/x' } };
    if (path === `/conversations/${ID}/timeline`) return { body: { head, facts: lines, from: null } };
    return { status: 404, body: {} };
  });
  const dispatcher = new Service((path) =>
    path === `/conversations/${ID}/timeline` ? { body: { head: {}, facts: [], from: null } } : { status: 404, body: {} },
  );
  const ai = new Service((path, query) => {
    if (path === '/conversations') return { body: { items: (query.get('state') ?? 'open') === 'open' ? [session] : [] } };
    return { body: { head: path.includes(SESSION) ? session : null, facts: [], from: null } };
  });
  const services = [orchestrator, dispatcher, ai];
  const inAcme = { workspaceId: 'acme' };
  const of = { workspaceId: 'acme', conversationId: ID };

  beforeAll(async () => {
    await Promise.all(services.map((service) => service.open()));
    stage = await startStage({ env: { PASS_KEY, ORCHESTRATOR_URL: orchestrator.url, DISPATCHER_URL: dispatcher.url, AI_URL: ai.url } });
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await Promise.all(services.map((service) => service.close()));
  });

  const client = () => stage.client();
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'answered',
      (error: unknown) => (error as ApiProblem).problem.code,
    );

  it('are one list of what bots and the Crisp inbox hold, the newest activity first', async () => {
    const { items, next, missing } = await client().call(listConversations, { params: inAcme });
    expect(items.map(({ id, kind, standing }) => [id, kind, standing])).toEqual([
      [SESSION, 'crisp-inbox', 'bot'],
      [ID, 'channel', 'waiting'],
    ]);
    expect([next, missing]).toEqual([null, []]);
    const first = await client().call(listConversations, { params: inAcme, query: { limit: 1 } });
    expect([first.items.map(({ id }) => id), first.next]).toEqual([[SESSION], `${NOON + 9_000}.${SESSION}`]);
  });

  it.each([
    [{ channel: 'crisp' }, [SESSION]],
    [{ channel: 'webchat' }, [ID]],
    [{ standing: 'agent' }, []],
    [{ standing: 'escalating' }, [ID]],
    [{ open: 'true' }, [ID]],
  ] as const)('are filtered: %j', async (query, expected) => {
    const { items } = await client().call(listConversations, { params: inAcme, query });
    expect(items.map(({ id }) => id)).toEqual(expected);
  });

  it('are asked for with a pass of this workspace that only reads', () => {
    expect(
      orchestrator.passes.every(({ workspaceId, errand, may }) => workspaceId === 'acme' && errand === 'conversations' && may === 'read'),
    ).toBe(true);
  });

  it('are followed live: whoever comes back with his cursor hears only what is new or changed', async () => {
    const first = await client().call(getTimeline, { params: of });
    expect([first.whole, first.entries.map(({ id }) => id)]).toEqual([true, ['line:a']]);
    const again = await client().call(getTimeline, { params: of, query: { after: first.cursor! } });
    expect([again.whole, again.entries]).toEqual([false, []]);
    lines[0] = line('a', NOON, 'seen');
    lines.push(line('b', NOON + 1_000));
    const news = await client().call(getTimeline, { params: of, query: { after: again.cursor! } });
    expect(news.entries.map(({ id, marks }) => [id, marks])).toEqual([
      ['line:a', ['seen']],
      ['line:b', []],
    ]);
  });

  it('are shown without the part whose service is away, and it is said which', async () => {
    await Promise.all([dispatcher.close(), ai.close()]);
    try {
      const { entries, missing } = await client().call(getTimeline, { params: of });
      expect(entries).toHaveLength(2);
      expect(missing.map(({ part }) => part)).toEqual(['deliveries', 'assistant']);
      const listed = await client().call(listConversations, { params: inAcme });
      expect([listed.items.map(({ id }) => id), listed.missing.map(({ part }) => part)]).toEqual([[ID], ['assistant']]);
      expect(await codeOf(client().call(getConversation, { params: { ...inAcme, conversationId: SESSION } }))).toBe('service-away');
    } finally {
      await Promise.all([dispatcher.open(), ai.open()]);
    }
  });

  it('note who read one, once in an hour, and who took a link to its history', async () => {
    await client().call(getConversation, { params: of });
    await client().call(getHistoryLink, { params: of });
    const { items } = await client().call(listAudit, { params: inAcme, query: { target: `conversation:${ID}` } });
    expect(items.map(({ action }) => action).sort()).toEqual(['conversation.history-linked', 'conversation.read']);
  });

  it('are nothing for another workspace', async () => {
    const elsewhere = { workspaceId: 'rival', conversationId: ID };
    expect((await client().call(listConversations, { params: { workspaceId: 'rival' } })).items).toEqual([]);
    for (const operation of [getConversation, getTimeline, getHistoryLink]) {
      expect(await codeOf(client().call(operation, { params: elsewhere }))).toBe('not-found');
      expect(await codeOf(client().call(operation, { params: { ...elsewhere, conversationId: SESSION } }))).toBe('not-found');
    }
    expect(await codeOf(stage.client(null).call(listConversations, { params: inAcme }))).toBe('not-signed-in');
  });
});
