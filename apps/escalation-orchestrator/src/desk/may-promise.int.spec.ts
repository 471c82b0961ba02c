import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { WEBSITE } from '../floor/conversation.builder.js';
import { readHistory } from '../history/read-history.js';
import { renderHistory } from '../history/render-history.js';
import { MIA, Stage, TOM } from '../testing/stage.js';
import type { TalkingVisitor } from '../testing/talking-visitor.js';

interface Calls {
  readonly byRoute: Record<string, number>;
}

const available = (stage: Stage, operator_id: string, status: 'online' | 'away') =>
  stage.crisp('POST', `/websites/${WEBSITE}/availability`, { status, operator_id });

const callsOf = async (stage: Stage): Promise<Calls['byRoute']> => (await stage.crisp<{ calls: Calls }>('GET', '/state')).calls.byRoute;
const countOf = (calls: Calls['byRoute'], part: RegExp) =>
  Object.entries(calls).reduce((sum, [route, count]) => sum + (part.test(route) ? count : 0), 0);

async function asksForHelp(visitor: TalkingVisitor, category?: string): Promise<void> {
  await visitor.says('help');
  await visitor.hears('bot.turn');
  await visitor.botSays({ need_help: true, muted: true, ...(category === undefined ? {} : { handover_category_name: category }) });
}

describe('a category that some operators answer', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.build({
      categories: { Billing: { operatorIds: [TOM], inboxId: 'inbox_money' }, shipping: { inboxId: 'inbox_parcels' } },
    });
    await stage.replica();
  }, 90_000);
  afterAll(() => stage.close(), 30_000);

  it('has nobody while only others are online, and nobody at all when these leave, too', async () => {
    await available(stage, TOM, 'away');
    const visitor = stage.visitor('unlucky');
    await asksForHelp(visitor, 'billing');
    expect((await visitor.hears('handover.declined')).data).toMatchObject({ reason: 'nobody-for-category', category: 'billing' });
    await visitor.isShown('Nobody who can help with this is available right now. I am still here to help.');
    expect(countOf(await callsOf(stage), /availability\/status/)).toBe(0);
    await available(stage, MIA, 'away');
    const later = stage.visitor('too late');
    await asksForHelp(later, 'billing');
    expect((await later.hears('handover.declined')).data).toMatchObject({ reason: 'nobody-online' });
    await available(stage, MIA, 'online');
    await available(stage, TOM, 'online');
  }, 40_000);

  it('is opened in its inbox, where agents answer as anywhere', async () => {
    const visitor = stage.visitor('lucky');
    const session = await visitor.getsToAgents({ handover_category_name: ' BILLING' });
    expect(await visitor.inCrisp(session)).toMatchObject({ inbox_id: 'inbox_money' });
    await visitor.agentSays(session, 'Your invoice is on its way');
    await visitor.isShown('Your invoice is on its way');
    expect(await stage.crisp('GET', `/hooks?session_id=${session}&event=session:set_inbox`)).toHaveLength(1);
  }, 40_000);

  it('is opened all the same when Crisp does not take the inbox', async () => {
    await stage.crisp('PUT', '/faults', { rest: { failures: [{ kind: '500', path: '/inbox' }] } });
    const visitor = stage.visitor('without an inbox');
    const session = await visitor.getsToAgents({ handover_category_name: 'shipping' });
    await stage.crisp('DELETE', '/faults');
    expect(await visitor.inCrisp(session)).toMatchObject({ inbox_id: null });
    await eventually(() => stage.lines.some((line) => line.includes('inbox of its category') && line.includes('inbox_parcels')), {
      what: 'a line in the log',
    });
  }, 40_000);

  it('does not concern who asks without one', async () => {
    const before = countOf(await callsOf(stage), /availability\/operators/);
    const session = await stage.visitor('plain').getsToAgents();
    expect(await stage.visitor('plain').inCrisp(session)).toMatchObject({ inbox_id: null });
    expect(countOf(await callsOf(stage), /availability\/operators/)).toBe(before);
  }, 40_000);

  it('is out of calls when Crisp says so until the end', async () => {
    await stage.crisp('PUT', '/faults', { rest: { failures: [{ kind: '429', path: '/availability' }] } });
    const visitor = stage.visitor('out of calls');
    await asksForHelp(visitor, 'billing');
    expect((await visitor.hears('handover.declined')).data).toMatchObject({ reason: 'quota' });
    await stage.crisp('DELETE', '/faults');
  }, 40_000);
});

describe('a team that is closed', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.build({
      hours: { timeZone: 'Europe/Berlin', weekly: {}, exceptions: [{ date: '2099-01-02', open: [{ from: '09:00', to: '17:00' }] }] },
    });
    await stage.replica();
  }, 90_000);
  afterAll(() => stage.close(), 30_000);

  it('is promised to nobody, without a single call to Crisp, though agents are online', async () => {
    const visitor = stage.visitor('at night');
    await asksForHelp(visitor);
    const { data } = await visitor.hears('handover.declined');
    expect(data).toMatchObject({ reason: 'closed' });
    expect(data).not.toHaveProperty('opens_at');
    await visitor.isShown('Nobody from our team is available right now. I am still here to help.');
    expect(visitor.told('bot.muted')).toEqual([]);
    expect(await visitor.floor()).toBe('bot');
    expect(await callsOf(stage)).toEqual({});
  }, 40_000);

  it('leaves on the history page why nobody came', async () => {
    const visitor = stage.visitor('reader');
    await asksForHelp(visitor, 'billing');
    await visitor.hears('handover.declined');
    const view = await readHistory(stage.dataSource, {
      conversationId: visitor.conversationId,
      page: null,
      botName: () => 'Robin',
      expiresAt: new Date(),
      path: '/',
    });
    expect(renderHistory(view!)).toMatch(/Handover 1 · asked for at [\d:]+ · billing · The bot asked for a human: the team was closed</);
  }, 40_000);
});
