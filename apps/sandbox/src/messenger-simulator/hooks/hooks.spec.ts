import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { PAGE_INBOX_APP } from '../model.js';
import { APP, LENA, NOOR, OTHER_PAGE, PAGE, SECRET, Stage } from '../testkit/stage.js';
import { metaJson, signatureHeaders } from './wire.js';

let stage: Stage;
beforeAll(async () => (stage = await Stage.open()));
afterAll(() => stage.close());
beforeEach(() => stage.clear());

const arrived = (field: string, count = 1): Promise<unknown> => eventually(() => stage.told(field).length >= count);

describe('a hook on the wire', () => {
  it('is escaped and signed as the test vector says', () => {
    const body = metaJson({
      object: 'page',
      entry: [
        {
          id: '4400110022',
          time: 1767225600123,
          messaging: [
            {
              sender: { id: '9100200300' },
              recipient: { id: '4400110022' },
              timestamp: 1767225599987,
              message: { mid: 'm_demo-001', text: 'Grüß dich 👋' },
            },
          ],
        },
      ],
    });
    expect(Buffer.byteLength(body)).toBe(244);
    expect(signatureHeaders(SECRET, body, 'right')).toEqual({
      'x-hub-signature-256': 'sha256=77f474f388e4c7f766c14afee010cfe5e1d4baa959b0ca20bf4b524d3154e130',
      'x-hub-signature': 'sha1=de91bdd96c9b6d7122d9930aa791150d9d0804bc',
    });
    expect(signatureHeaders(SECRET, body, 'of-another-body')).toEqual({
      'x-hub-signature-256': 'sha256=8d35fef79ae1aeabf903d5826730346863667878b978a772cbaaea96e57ec27c',
    });
  });

  it('escapes what older texts name, too', () => {
    expect(metaJson('a/b <c> 5% @d')).toBe('"a\\/b \\u003cc> 5\\u0025 \\u0040d"');
  });

  it.each(['wrong', 'missing', 'sha1-only', 'malformed'] as const)('can be signed otherwise: %s', async (signature) => {
    expect(await stage.control('POST', '/hooks/odd', { body: '{"entry":[]}', signature, times: 2 })).toEqual({ statuses: [200, 200] });
    const right = signatureHeaders(SECRET, '{"entry":[]}', 'right')['x-hub-signature-256'];
    expect(stage.hooks.map(({ headers }) => headers['x-hub-signature-256'] === right)).toEqual([false, false]);
  });
});

describe('what a person does', () => {
  it('is told in Meta’s words', async () => {
    await stage.act('say', { text: 'Grüß dich' });
    await stage.send({ text: 'Which?', quick_replies: [{ content_type: 'text', title: 'Order', payload: 'order' }] });
    await stage.act('tap', { title: 'Order' });
    await stage.act('attachment', { type: 'image', text: 'Look' });
    await stage.act('attachment', { type: 'sticker', name: 'cat' });
    await stage.act('attachment', { type: 'location' });
    await arrived('message', 6);
    const messages = stage
      .told('message')
      .map(({ message }) => message!)
      .filter((message) => !message['is_echo']);
    expect(messages).toMatchObject([
      { mid: expect.any(String), text: 'Grüß dich' },
      { text: 'Order', quick_reply: { payload: 'order' } },
      { text: 'Look', attachments: [{ type: 'image', payload: { url: expect.stringContaining('/cdn/') } }] },
      { attachments: [{ type: 'sticker', payload: { sticker_id: expect.any(Number) } }] },
      { attachments: [{ type: 'location', payload: { coordinates: { lat: 52.52, long: 13.405 } } }] },
    ]);
    expect(stage.hooks[0]).toMatchObject({
      entries: [{ id: PAGE, time: expect.any(Number) }],
      element: { sender: { id: LENA }, recipient: { id: PAGE }, timestamp: expect.any(Number) },
    });
  });

  it('is told for every other act, too', async () => {
    const said = await stage.act('say', { text: 'Helo' });
    await stage.act('edit', { mid: said.mid, text: 'Hello' });
    const answer = await stage.send({ text: 'Hi' });
    await stage.act('react', { emoji: '❤️' });
    await stage.act('react', { emoji: null });
    await stage.act('read');
    await stage.act('postback', { title: 'Start', payload: 'start' });
    await stage.act('refer', { ref: 'spring' });
    await stage.act('optin', {});
    await stage.act('element', { element: { weather: { is: 'fine' } } });
    await arrived('weather');
    const mid = answer.body['message_id'];
    expect(stage.told('message_edit')).toMatchObject([{ message_edit: { mid: said.mid, text: 'Hello', num_edit: 1 } }]);
    expect(stage.told('reaction').map(({ reaction }) => reaction)).toEqual([
      { reaction: 'love', emoji: '❤️', action: 'react', mid },
      { action: 'unreact', mid },
    ]);
    const { at } = (await stage.control<{ messages: { mid: string; at: number }[] }>('GET', `/people/${LENA}`)).messages.find(
      (one) => one.mid === mid,
    )!;
    expect(stage.told('delivery')).toMatchObject([{ delivery: { mids: [mid], watermark: at } }]);
    expect(stage.told('read')).toMatchObject([{ sender: { id: LENA }, read: { watermark: at } }]);
    expect(stage.told('postback')).toMatchObject([{ postback: { mid: expect.any(String), title: 'Start', payload: 'start' } }]);
    expect(stage.told('referral')).toMatchObject([{ referral: { ref: 'spring', source: 'SHORTLINK', type: 'OPEN_THREAD' } }]);
    expect(stage.told('optin')).toHaveLength(1);
  });

  it('is told as delivered only when he has a line', async () => {
    await stage.act('say', { text: 'Hello' });
    await stage.control('PATCH', `/people/${LENA}`, { online: false });
    for (const text of ['one', 'two']) await stage.send({ text });
    expect(stage.told('delivery')).toHaveLength(0);
    await stage.control('PATCH', `/people/${LENA}`, { online: true, reads_at_once: true });
    await arrived('read');
    expect(stage.told('delivery')).toMatchObject([{ delivery: { mids: [expect.any(String), expect.any(String)] } }]);
  });
});

describe('what the page does', () => {
  it('is echoed with our metadata, and with another app when somebody answers in the inbox', async () => {
    await stage.act('say', { text: 'Hello' });
    const sent = await stage.send({ text: 'Hi', metadata: 'msg-1' });
    await stage.act('page-inbox', { text: 'Anna from the shop here' });
    await arrived('message', 3);
    const echoes = stage.told('message').filter(({ message }) => message!['is_echo']);
    expect(echoes).toMatchObject([
      { sender: { id: PAGE }, recipient: { id: LENA }, message: { mid: sent.body['message_id'], app_id: Number(APP), metadata: 'msg-1' } },
      { message: { app_id: Number(PAGE_INBOX_APP), text: 'Anna from the shop here' } },
    ]);
  });

  it('goes to standby when the inbox has the thread, without what is behind a button', async () => {
    await stage.act('say', { text: 'Hello' });
    await stage.act('page-inbox', { text: 'I take this', takes_thread: true });
    await stage.act('postback', { title: 'Menu', payload: 'menu' });
    await arrived('postback');
    expect(stage.told('pass_thread_control')).toMatchObject([{ pass_thread_control: { new_owner_app_id: PAGE_INBOX_APP } }]);
    expect(stage.hooks.at(-1)!.entries).toMatchObject([{ standby: [{ postback: { title: 'Menu' } }] }]);
    expect(stage.told('postback')[0]!['postback']).not.toHaveProperty('payload');
  });
});

describe('the way of the hooks', () => {
  it('is in order, however late', async () => {
    stage.faults({ hooks: { delay: { from: 0, to: 20 } } });
    for (let at = 0; at < 12; at++) await stage.act('say', { text: `line ${at}` });
    await arrived('message', 12);
    expect(stage.told('message').map(({ message }) => message!['text'])).toEqual(Array.from({ length: 12 }, (_, at) => `line ${at}`));
  });

  it('is tried again at once, until 200 and nothing else', async () => {
    const answers = [503, 301, 202];
    stage.answerHook = (response) => response.writeHead(answers.shift() ?? 200).end();
    stage.faults({ hooks: { retry_gaps_ms: [1, 1, 1] } });
    await stage.act('say', { text: 'Hello' });
    const record = await eventually(async () => {
      const [first] = await stage.control<{ fate: string; attempts: { status: number }[] }[]>('GET', `/hooks?psid=${LENA}`);
      return first?.fate === 'delivered' ? first : undefined;
    });
    expect(record.attempts.map(({ status }) => status)).toEqual([503, 301, 202, 200]);
    expect(new Set(stage.hooks.map(({ raw }) => raw)).size).toBe(1);
  });

  it('ends with an alert, then with the loss of the subscription', async () => {
    stage.answerHook = (response) => response.writeHead(500).end();
    stage.faults({ hooks: { retry_gaps_ms: [1], alert_after_ms: 900_000, unsubscribe_after_ms: 3_600_000 } });
    for (const minutes of [0, 16, 61]) {
      stage.aheadMs = minutes * 60_000;
      const before = stage.hooks.length;
      await stage.act('say', { text: `after ${minutes} minutes` });
      await eventually(() => stage.hooks.length > before);
      await eventually(async () => (await stage.control<{ hooks: { pending: number } }>('GET', '/state')).hooks.pending === 0);
    }
    const state = await stage.control<{ alerts: { what: string }[]; pages: { subscribed: boolean }[] }>('GET', '/state');
    expect(state.alerts.map(({ what }) => what)).toEqual(['failing', 'unsubscribed']);
    const before = stage.hooks.length;
    await stage.act('say', { text: 'nobody hears this' });
    expect([state.pages[0]!.subscribed, stage.hooks.length]).toEqual([false, before]);
    await stage.graph('POST', '/me/subscribed_apps', { subscribed_fields: ['messages'] });
    await stage.act('say', { text: 'heard again' });
    await eventually(() => stage.told('message').some(({ message }) => message!['text'] === 'heard again'));
  });

  it('can be held, turned round, and go in one request over two pages', async () => {
    stage.faults({ hooks: { held: true } });
    await stage.act('say', { text: 'first' });
    await stage.control('POST', `/people/${NOOR}/say`, { text: 'second' });
    await stage.act('say', { text: 'third' });
    expect(await stage.control('POST', '/hooks/release', { order: 'reversed', together: true })).toEqual({ released: 3 });
    expect(stage.hooks.map(({ entries }) => entries.map(({ id }) => id))).toEqual([[PAGE, OTHER_PAGE, PAGE]]);
    expect(stage.told('message').map(({ message }) => message!['text'])).toEqual(['third', 'second', 'first']);
  });

  it('gathers what comes together', async () => {
    stage.faults({ hooks: { batch_within_ms: 40 } });
    for (const text of ['one', 'two']) await stage.act('say', { text });
    await arrived('message', 2);
    expect(stage.hooks.map(({ entries }) => entries[0]!.messaging!.length)).toEqual([2]);
  });

  it('loses echoes, receipts and messages as asked, and sends again what was delivered', async () => {
    stage.faults({ hooks: { echoes_dropped: 1, receipts_dropped: 1, drop_next_messages: 1 } });
    await stage.act('say', { text: 'never told' });
    await stage.send({ text: 'Hi' });
    const { mid } = await stage.act('say', { text: 'told' });
    await arrived('message');
    const [known] = await stage.control<{ id: number }[]>('GET', `/hooks?mid=${mid}`);
    expect(await stage.control('POST', `/hooks/${known!.id}/again`, { times: 2 })).toEqual({ statuses: [200, 200] });
    expect(stage.told('message').map(({ message }) => message!['text'])).toEqual(['told', 'told', 'told']);
    expect(await stage.control('GET', '/state')).toMatchObject({ hooks: { dropped: 3 } });
  });

  it('doubles and forges, and repeats its chance from the seed', async () => {
    const run = async (): Promise<unknown> => {
      await stage.clear();
      stage.faults({ hooks: { repeated: 0.5, repeat_within_ms: 1, forged: 0.3 } });
      for (let at = 0; at < 10; at++) await stage.act('say', { text: `${at}` });
      const listed = await stage.control<{ faults: string[] }[]>('GET', `/hooks?psid=${LENA}`);
      return listed.map(({ faults }) => faults.join());
    };
    const first = await run();
    expect(first).toEqual(expect.arrayContaining([expect.stringContaining('repeated'), expect.stringContaining('forged')]));
    expect(await run()).toEqual(first);
  });
});

describe('the handshake', () => {
  it('accepts the challenge and nothing beside it', async () => {
    const ask = (body = {}): Promise<Record<string, unknown>> => stage.control('POST', '/handshake', body);
    expect(await ask()).toMatchObject({ status: 200, accepted: true });
    stage.answerHandshake = (challenge, response) => response.end(`"${challenge}"`);
    expect(await ask()).toMatchObject({ status: 200, accepted: false });
    stage.answerHandshake = (_challenge, response) => response.writeHead(403).end();
    expect(await ask({ verify_token: 'wrong', mode: null })).toMatchObject({ status: 403, accepted: false });
  });
});

describe('the control API', () => {
  it('refuses a page of another origin', async () => {
    expect((await fetch(`${stage.url}/control/state`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('knows somebody new, takes his files, and forgets him with a reset', async () => {
    const { psid } = await stage.control<{ psid: string }>('POST', '/people', { first_name: 'Omar', page_id: OTHER_PAGE });
    expect(psid).toMatch(/^\d{10,32}$/);
    const uploaded = await fetch(`${stage.url}/control/people/${psid}/upload?name=me.jpg`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: 'jpeg',
    });
    expect(await uploaded.json()).toMatchObject({ attachments: [{ type: 'image', name: 'me.jpg' }] });
    await stage.control('POST', '/reset');
    expect((await stage.control<{ psid: string }[]>('GET', '/people')).map((person) => person.psid)).toEqual([LENA, NOOR]);
  });

  it.each([
    ['a tap that nobody offered', 'tap', { title: 'Nothing' }],
    ['an edit of what is not there', 'edit', { mid: 'm_x', text: 'x' }],
    ['an empty text', 'say', { text: '' }],
  ])('refuses %s', async (_what, path, body) => {
    await expect(stage.act(path, body)).rejects.toThrow(/40[04]/);
  });
});
