import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { BOTS, runForSources } from './testing/running-service.js';
import type { RunningForSources } from './testing/running-service.js';

let service: RunningForSources;
beforeAll(async () => {
  service = await runForSources();
}, 90_000);
afterAll(() => service.close());

const [DEMO, OTHER] = BOTS;

interface Told {
  readonly status: number;
  readonly body: {
    source?: {
      id: string;
      title: string;
      state: string;
      enabled: boolean;
      version: number;
      progress: { chunks: number };
      problems: object[];
    };
    sources?: { id: string; title: string }[];
    error?: { code: string; field?: string };
    answer?: { kind: string; text: string; citations?: { sourceId: string }[] };
  };
}

async function call(
  method: string,
  path: string,
  body?: object | Buffer | string,
  bot: (typeof BOTS)[number] = DEMO,
  key: string = bot.key,
): Promise<Told> {
  const isFile = Buffer.isBuffer(body);
  const response = await fetch(`${service.url}/v1/bots/${bot.botId}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body !== undefined && { body: isFile ? new Uint8Array(body) : typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Told['body'] };
}

async function ended(id: string, bot: (typeof BOTS)[number] = DEMO): Promise<NonNullable<Told['body']['source']>> {
  let source: Told['body']['source'];
  await eventually(
    async () => {
      source = (await call('GET', `/sources/${id}`, undefined, bot)).body.source;
      return source !== undefined && !['queued', 'running'].includes(source.state);
    },
    { what: 'the source being taken in', within: 20_000 },
  );
  return source!;
}

describe('the door of sources', () => {
  it('takes pairs, shows how it is taken in, changes it and takes it away', async () => {
    const pairs = [{ question: 'When do you open?', answer: 'We open at nine in the morning.' }];
    const made = await call('POST', '/sources', { kind: 'pairs', title: 'Hours', pairs });
    expect(made).toMatchObject({ status: 201, body: { source: { state: 'queued', title: 'Hours', enabled: true } } });
    const { id } = made.body.source!;
    expect(await ended(id)).toMatchObject({ state: 'ready', version: 1, progress: { chunks: 1 }, problems: [] });
    expect((await call('POST', '/ask', { question: 'When do you open?' })).body.answer).toMatchObject({
      kind: 'answer',
      citations: [{ sourceId: id }],
    });

    expect((await call('PATCH', `/sources/${id}`, { enabled: false })).body.source).toMatchObject({ enabled: false });
    expect((await call('POST', '/ask', { question: 'When do you open?' })).body.answer?.kind).not.toBe('answer');
    expect((await call('PATCH', `/sources/${id}`, { enabled: true, title: 'Our hours' })).body.source).toMatchObject({
      title: 'Our hours',
    });
    await ended(id);
    expect((await call('POST', `/sources/${id}/refresh`)).status).toBe(202);
    await ended(id);

    expect((await call('DELETE', `/sources/${id}`)).status).toBe(204);
    expect((await call('POST', '/ask', { question: 'When do you open?' })).body.answer?.kind).not.toBe('answer');
    expect((await call('GET', `/sources/${id}`)).status).toBe(404);
    expect((await call('DELETE', `/sources/${id}`)).status).toBe(404);
  });

  it('takes files by their bytes, and other bytes for them', async () => {
    const made = await call(
      'POST',
      '/sources?name=faq.csv&title=FAQ',
      Buffer.from('Frage;Antwort\nKann ich bar zahlen?;Ja, an der Kasse.'),
    );
    expect(made.status).toBe(201);
    const { id } = made.body.source!;
    expect(await ended(id)).toMatchObject({ state: 'ready', progress: { chunks: 1 } });
    expect((await call('PATCH', `/sources/${id}?name=faq.pdf`, Buffer.from('%PDF-1.4 broken'))).status).toBe(200);
    expect(await ended(id)).toMatchObject({ state: 'failed', problems: [{ where: 'faq.pdf', code: 'source.broken' }] });
  });

  it('makes no second source for the same key, and refuses the key for another', async () => {
    const body = { kind: 'text', key: 'imprint', title: 'Imprint', text: 'Acme, High Street 1.' };
    const first = await call('POST', '/sources', body);
    const again = await call('POST', '/sources', body);
    expect([first.status, again.status, again.body.source?.id]).toEqual([201, 200, first.body.source!.id]);
    expect(await call('POST', '/sources', { ...body, text: 'Other.' })).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', field: 'key' } },
    });
    const both = await Promise.all([1, 2, 3].map(() => call('POST', '/sources', { ...body, key: 'at-once' })));
    expect(new Set(both.map((told) => told.body.source?.id)).size).toBe(1);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    // Once it is gone, the key is free.
    await call('DELETE', `/sources/${first.body.source!.id}`);
    expect((await call('POST', '/sources', { ...body, text: 'Other.' })).status).toBe(201);
  });

  it('shows a bot nothing of another, by any way', async () => {
    const { id } = (await call('POST', '/sources', { kind: 'text', title: 'Secret', text: 'The vault opens with swordfish.' }, OTHER)).body
      .source!;
    await ended(id, OTHER);
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { enabled: false }],
      ['POST', '/refresh', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      expect(await call(method, `/sources/${id}${path}`, body)).toEqual(await call(method, `/sources/${unknown}${path}`, body));
    }
    expect((await call('GET', '/sources')).body.sources?.map((source) => source.id)).not.toContain(id);
    expect((await call('POST', '/ask', { question: 'How does the vault open?' })).body.answer?.text).not.toContain('swordfish');
    // The key of one bot opens nothing of another.
    expect((await call('GET', '/sources', undefined, OTHER, DEMO.key)).status).toBe(401);
    expect((await call('GET', `/sources/${id}`, undefined, OTHER)).body.source?.enabled).toBe(true);
  });

  it.each<[string, object | string, number, string | undefined]>([
    ['a kind that there is not', { kind: 'book', title: 'x' }, 400, 'kind'],
    ['a text without a title', { kind: 'text', text: 'x' }, 400, 'title'],
    ['a text of nothing', { kind: 'text', title: 'x', text: ' ' }, 400, 'text'],
    ['a text that is far too long', { kind: 'text', title: 'x', text: 'x'.repeat(1_000_001) }, 400, 'text'],
    ['a pair without an answer', { kind: 'pairs', title: 'x', pairs: [{ question: 'Why?' }] }, 400, 'pairs.0.answer'],
    ['an address that is none', { kind: 'page', url: 'shop' }, 400, 'url'],
    ['an address of a file', { kind: 'page', url: 'file:///etc/passwd' }, 400, 'url'],
    ['no address', { kind: 'page' }, 400, 'url'],
    ['visits too often', { kind: 'sitemap', url: 'https://shop.example', everyHours: 1 }, 400, 'everyHours'],
    ['a field that nobody knows', { kind: 'text', title: 'x', text: 'x', secret: 1 }, 400, 'secret'],
    ['a title that no database takes', { kind: 'text', title: 'a\u0000b', text: 'x' }, 400, 'title'],
    ['a list', [], 400, undefined],
    ['no JSON', '{', 400, undefined],
    ['far too much', { kind: 'text', title: 'x', text: 'x'.repeat(3_000_000) }, 413, undefined],
  ])('refuses %s', async (_what, body, status, field) => {
    const told = await call('POST', '/sources', body);
    expect([told.status, told.body.error?.field]).toEqual([status, field]);
    expect(JSON.stringify(told.body)).not.toContain('etc/passwd');
  });

  it('refuses what a source of this kind does not have', async () => {
    const { id } = (await call('POST', '/sources', { kind: 'text', title: 'x', text: 'Hello there.' })).body.source!;
    expect(await call('PATCH', `/sources/${id}`, { pairs: [{ question: 'a', answer: 'b' }] })).toMatchObject({
      status: 400,
      body: { error: { field: 'pairs' } },
    });
    expect((await call('PATCH', `/sources/${id}`, Buffer.from('bytes'))).status).toBe(400);
    expect((await call('POST', '/sources?title=x', Buffer.from('bytes'))).body.error?.field).toBe('name');
    expect((await call('POST', '/sources?name=a.txt', Buffer.alloc(21 * 1_048_576))).status).toBe(413);
    expect((await call('GET', '/sources/nonsense')).status).toBe(404);
  });

  it('is open to those with a key of the bot only', async () => {
    expect((await call('GET', '/sources', undefined, DEMO, 'a-wrong-key-of-nobody')).status).toBeGreaterThanOrEqual(401);
    expect((await fetch(`${service.url}/v1/bots/nobody/sources`)).status).toBeGreaterThanOrEqual(401);
  });
});
