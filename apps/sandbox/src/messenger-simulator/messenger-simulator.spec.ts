import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { proofOf } from './rest/access.js';
import { APP, LENA, OTHER_PAGE, PAGE, SECRET, Stage } from './testkit/stage.js';

let stage: Stage;
beforeAll(async () => (stage = await Stage.open()));
afterAll(() => stage.close());
beforeEach(() => stage.clear());

const lastOfLena = async (): Promise<Record<string, unknown>> => {
  const { messages } = await stage.control<{ messages: Record<string, unknown>[] }>('GET', `/people/${LENA}`);
  return messages.at(-1)!;
};

describe('who may call', () => {
  const proof = proofOf(SECRET, 'EAADemoPageToken');

  it('proves itself as the test vector says', () => {
    expect(proof).toBe('ecb41390a6cc1cfa54cc377b86bd9936d379e9b2137c41750a605776996411ad');
  });

  it.each([
    ['no token', { access_token: '' }, '2500'],
    ['an unknown token', { access_token: 'nope' }, '190'],
    ['a wrong proof', { appsecret_proof: 'f'.repeat(64) }, '100'],
  ])('refuses %s', async (_what, query, error) => {
    expect((await stage.graph('GET', '/me', undefined, query)).error).toBe(error);
  });

  it('demands the proof where the app does, and takes the right one', async () => {
    await stage.control('PATCH', `/pages/${PAGE}`, { require_proof: true });
    expect((await stage.graph('GET', '/me')).error).toBe('100');
    expect((await stage.graph('GET', '/me', undefined, { appsecret_proof: proof })).body).toEqual({ id: PAGE, name: 'Shop' });
  });

  it('takes the token as Bearer, too, and refuses old versions, unknown paths and the pages of others', async () => {
    const headers = { authorization: 'Bearer EAADemoPageToken' };
    expect((await fetch(`${stage.url}/v26.0/me`, { headers })).status).toBe(200);
    expect(((await (await fetch(`${stage.url}/v19.0/me`, { headers })).json()) as { error: { code: number } }).error.code).toBe(2635);
    expect((await stage.graph('POST', '/me/nothing', {})).error).toBe('2500');
    expect((await stage.graph('GET', `/${OTHER_PAGE}/personas`)).error).toBe('100/33');
  });

  it('stops when the token is dead', async () => {
    await stage.control('PATCH', `/pages/${PAGE}`, { token_dead: true });
    expect(await stage.graph('GET', '/me')).toMatchObject({ status: 401, error: '190/460' });
  });
});

describe('a send', () => {
  it('reaches the person who wrote, with all that came with it', async () => {
    const asked = await stage.act('say', { text: 'Where is my parcel?' });
    const quick_replies = [{ content_type: 'text', title: 'Order', payload: 'order' }];
    const answer = await stage.send({ text: 'On its way', metadata: 'msg-1', quick_replies }, { reply_to: { mid: asked.mid } });
    expect(answer.body).toEqual({ recipient_id: LENA, message_id: expect.stringMatching(/^m_/) });
    expect(await lastOfLena()).toMatchObject({
      mid: answer.body['message_id'],
      from: 'page',
      app_id: APP,
      text: 'On its way',
      metadata: 'msg-1',
      messaging_type: 'RESPONSE',
      quick_replies,
      reply_to: asked.mid,
      delivered_at: expect.any(Number),
    });
  });

  it('is refused for somebody unknown, before anybody wrote, and by an unknown persona', async () => {
    expect((await stage.send({ text: 'Hi' }, { recipient: { id: '123' } })).error).toBe('100/2018001');
    expect((await stage.send({ text: 'Hi' })).error).toBe('10/2018278');
    await stage.act('say', { text: 'Hello' });
    expect((await stage.send({ text: 'Hi' }, { persona_id: '5' })).error).toBe('100');
  });

  it('obeys the window, which opens by any act, closes with time, and stays open for humans', async () => {
    await stage.act('postback', { title: 'Get started', payload: 'start' });
    expect((await stage.send({ text: 'Hi' })).error).toBe('');
    await stage.act('time', { passed_ms: 25 * 3_600_000 });
    const human = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
    expect([(await stage.send({ text: 'Hi' })).error, (await stage.send({ text: 'Hi' }, human)).error]).toEqual(['10/2018278', '']);
    expect(await lastOfLena()).toMatchObject({ tag: 'HUMAN_AGENT' });
    await stage.control('PATCH', `/pages/${PAGE}`, { human_agent: false });
    expect((await stage.send({ text: 'Hi' }, human)).error).toBe('100/2018276');
    await stage.act('react', { emoji: '👍' });
    expect((await stage.send({ text: 'Hi' })).error).toBe('');
  });

  it('knows what was said yesterday when it is told late', async () => {
    await stage.act('say', { text: 'From yesterday', age_ms: 25 * 3_600_000 });
    expect((await stage.send({ text: 'Hi' })).error).toBe('10/2018278');
    expect(await stage.control('GET', `/people/${LENA}`)).toMatchObject({ window: { state: 'human' }, acts_age_ms: 0 });
  });

  it('does not reach who blocked the page, nor whom another app talks to', async () => {
    await stage.act('say', { text: 'Hello' });
    await stage.control('PATCH', `/people/${LENA}`, { blocked: true });
    expect((await stage.send({ text: 'Hi' })).error).toBe('551/1545041');
    await stage.control('PATCH', `/people/${LENA}`, { blocked: false, owner: '111' });
    expect((await stage.send({ text: 'Hi' })).error).toBe('10/2018300');
  });

  it('fetches what is attached, as Meta does, and refuses what does not fit', async () => {
    await stage.act('say', { text: 'Hello' });
    const picture = (type: string, url = `${stage.receiverUrl}/media/shoe.png`): Promise<{ error: string }> =>
      stage.send({ attachment: { type, payload: { url } } });
    expect((await picture('image')).error).toBe('');
    const { attachments } = (await lastOfLena()) as { attachments: [{ name: string; payload: { url: string } }] };
    expect(attachments[0].name).toBe('shoe.png');
    expect(await (await fetch(attachments[0].payload.url)).text()).toBe('picture');
    expect((await picture('audio')).error).toBe('100/2018047');
    expect((await picture('image', 'http://127.0.0.1:1/nobody.png')).error).toBe('100/2018008');
    stage.media = { contentType: 'image/png', bytes: Buffer.alloc(8 * 1_048_576 + 1) };
    expect((await picture('image')).error).toBe('100/2018109');
  });

  it('takes what was uploaded before, as JSON or as a form', async () => {
    await stage.act('say', { text: 'Hello' });
    const form = new FormData();
    form.set('message', JSON.stringify({ attachment: { type: 'file', payload: { is_reusable: true } } }));
    form.set('filedata', new Blob(['invoice'], { type: 'application/pdf' }), 'invoice.pdf');
    const uploaded = await fetch(`${stage.url}/v25.0/me/message_attachments?access_token=EAADemoPageToken`, { method: 'POST', body: form });
    const { attachment_id } = (await uploaded.json()) as { attachment_id: string };
    expect((await stage.send({ attachment: { type: 'file', payload: { attachment_id } } })).error).toBe('');
    const url = `${stage.receiverUrl}/media/a.png`;
    const byUrl = await stage.graph('POST', '/me/message_attachments', { message: { attachment: { type: 'image', payload: { url } } } });
    expect(byUrl.body).toEqual({ attachment_id: expect.any(String) });
    expect((await stage.send({ attachment: { type: 'file', payload: byUrl.body } })).error).toBe('100/2018074');
  });

  it('shows the bubble until the next message, and that the page saw', async () => {
    const act = (sender_action: string): Promise<unknown> =>
      stage.graph('POST', '/me/messages', { recipient: { id: LENA }, sender_action });
    await stage.act('say', { text: 'Hello' });
    expect(await act('typing_on')).toMatchObject({ body: { recipient_id: LENA } });
    await act('mark_seen');
    expect(await stage.control('GET', `/people/${LENA}`)).toMatchObject({ typing: { persona: null }, page_saw_at: expect.any(Number) });
    await stage.send({ text: 'Hi' });
    expect(await stage.control('GET', `/people/${LENA}`)).toMatchObject({ typing: null });
    await act('typing_on');
    stage.aheadMs = 20_001;
    expect(await stage.control('GET', `/people/${LENA}`)).toMatchObject({ typing: null });
  });
});

describe('a page', () => {
  it('speaks by personas, which come and go', async () => {
    await stage.act('say', { text: 'Hello' });
    const made = await stage.graph('POST', `/${PAGE}/personas`, {
      name: 'Mia K.',
      profile_picture_url: `${stage.receiverUrl}/media/mia.png`,
    });
    const persona_id = made.body['id'] as string;
    await stage.send({ text: 'Hi, Mia here' }, { persona_id });
    expect(await lastOfLena()).toMatchObject({
      persona_id,
      persona: { name: 'Mia K.', profile_picture_url: expect.stringContaining('/cdn/') },
    });
    expect((await stage.graph('GET', `/${persona_id}`)).body).toMatchObject({ id: persona_id, name: 'Mia K.' });
    await stage.graph('POST', '/me/personas', { name: 'Tom' });
    const first = await stage.graph('GET', '/me/personas', undefined, { limit: '1' });
    const { after } = (first.body['paging'] as { cursors: { after: string } }).cursors;
    expect((await stage.graph('GET', '/me/personas', undefined, { limit: '1', after })).body['data']).toMatchObject([{ name: 'Tom' }]);
    expect((await stage.graph('DELETE', `/${persona_id}`)).body).toEqual({ success: true });
    expect((await stage.graph('DELETE', `/${persona_id}`)).error).toBe('100/33');
  });

  it('may be kept from having personas', async () => {
    expect((await stage.graph('POST', '/me/personas', { name: 'x'.repeat(51) })).error).toBe('100');
    await stage.control('PATCH', `/pages/${PAGE}`, { personas_refused: true });
    expect((await stage.graph('POST', '/me/personas', { name: 'Mia' })).error).toBe('200');
  });

  it('reads profiles: whole, empty, or not at all', async () => {
    const read = (): ReturnType<Stage['graph']> => stage.graph('GET', `/${LENA}`, undefined, { fields: 'first_name,name' });
    expect((await read()).body).toEqual({ first_name: 'Lena', name: 'Lena', id: LENA });
    await stage.control('PATCH', `/people/${LENA}`, { profile: 'empty' });
    expect((await read()).body).toEqual({});
    await stage.control('PATCH', `/people/${LENA}`, { profile: 'refused' });
    expect((await read()).error).toBe('100/2018218');
    expect((await stage.graph('GET', '/42')).error).toBe('100/33');
  });

  it('passes the thread to another app and takes it back', async () => {
    await stage.act('say', { text: 'Hello' });
    const owner = async (): Promise<unknown> => (await stage.graph('GET', '/me/thread_owner', undefined, { recipient: LENA })).body['data'];
    const verb = (name: string, more = {}): ReturnType<Stage['graph']> =>
      stage.graph('POST', `/me/${name}_thread_control`, { recipient: { id: LENA }, ...more });
    expect(await owner()).toEqual([]);
    expect((await verb('pass')).error).toBe('100/2018164');
    expect((await verb('pass', { target_app_id: 263902037430900 })).body).toEqual({ success: true });
    expect(await owner()).toMatchObject([{ thread_owner: { app_id: '263902037430900', expiration: expect.any(Number) } }]);
    expect((await verb('extend', { duration: 60 })).error).toBe('10/2018300');
    await verb('take');
    expect(await owner()).toMatchObject([{ thread_owner: { app_id: APP } }]);
    await verb('release');
    expect([await owner(), (await verb('request')).body]).toEqual([[], { success: true }]);
  });

  it('subscribes to fields and hears of no other', async () => {
    await stage.graph('POST', `/${PAGE}/subscribed_apps`, undefined, { subscribed_fields: 'messages,message_echoes' });
    expect((await stage.graph('GET', '/me/subscribed_apps')).body['data']).toEqual([
      { id: APP, subscribed_fields: ['messages', 'message_echoes'] },
    ]);
    expect((await stage.graph('POST', '/me/subscribed_apps', { subscribed_fields: ['weather'] })).error).toBe('100');
    await stage.act('postback', { title: 'Start', payload: 's' });
    await stage.act('say', { text: 'Hello' });
    const listed = await stage.control<{ elements: { kind: string }[] }[]>('GET', `/hooks?psid=${LENA}`);
    expect(listed.map(({ elements }) => elements[0]!.kind)).toEqual(['message']);
  });
});

describe('its faults', () => {
  beforeEach(() => stage.act('say', { text: 'Hello' }));

  it('answer a code so many times as asked, then all is well', async () => {
    stage.faults({ graph: { failures: [{ code: 1200, count: 2, path: '/messages' }] } });
    expect([
      (await stage.send({ text: 'Hi' })).error,
      (await stage.send({ text: 'Hi' })).error,
      (await stage.send({ text: 'Hi' })).error,
    ]).toEqual(['1200', '1200', '']);
  });

  it('tell with a rate error when the page may call again', async () => {
    stage.faults({ graph: { failures: [{ code: 613, subcode: 2534040, count: 1 }], regain_access_minutes: 3, usage_percent: 41 } });
    const usage = ({ headers }: { headers: Headers }): unknown => JSON.parse(headers.get('x-business-use-case-usage')!);
    expect(usage(await stage.send({ text: 'Hi' }))).toMatchObject({ [PAGE]: [{ call_count: 100, estimated_time_to_regain_access: 3 }] });
    const after = await stage.send({ text: 'Hi' });
    expect(usage(after)).toMatchObject({ [PAGE]: [{ type: 'messenger', call_count: 41, estimated_time_to_regain_access: 0 }] });
    expect(JSON.parse(after.headers.get('x-app-usage')!)).toMatchObject({ call_count: 41 });
  });

  it('refuse more sends a second than a page may have', async () => {
    stage.faults({ graph: { sends_per_second: 1 } });
    const errors = await Promise.all([1, 2, 3].map(async (n) => (await stage.send({ text: `${n}` })).error));
    expect(errors).toContain('613/2534040');
  });

  it('cut the connection after the message was taken', async () => {
    stage.faults({ graph: { failures: [{ kind: 'disconnect', when: 'after', count: 1 }] } });
    await expect(stage.send({ text: 'Hi', metadata: 'msg-2' })).rejects.toThrow();
    expect(await lastOfLena()).toMatchObject({ metadata: 'msg-2' });
  });

  it('let an address expire', async () => {
    const { attachments } = await stage.act<{ attachments: [{ payload: { url: string } }] }>('attachment', { type: 'image' });
    const status = async (): Promise<number> => (await fetch(attachments[0].payload.url)).status;
    expect(await status()).toBe(200);
    stage.aheadMs = 3_601_000;
    expect(await status()).toBe(403);
  });
});

describe('the page of the person', () => {
  it.each([
    '/',
    ...['messenger', 'phone', 'around'].map((name) => `/${name}.css`),
    ...['base.css', 'control.js', 'elements.js', 'line-list.js', 'chevron.svg'].map((name) => `/page-kit/${name}`),
    ...['api', 'around', 'chat', 'composer', 'icons', 'message', 'messenger', 'people'].map((name) => `/${name}.js`),
    ...['/icon.svg', '/stickers/thumb.png', '/stickers/cat.png'],
  ])('serves %s under a strict policy', async (path) => {
    const response = await fetch(`${stage.url}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
