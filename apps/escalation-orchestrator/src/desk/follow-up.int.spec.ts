import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTACT_BY_EMAIL, USE_ADDRESS } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import type { TalkingVisitor, Told } from '../testing/talking-visitor.js';
import { WEBSITE } from '../floor/conversation.builder.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica({ CATCH_UP_SECONDS: '1' });
}, 90_000);
afterAll(() => stage.close(), 30_000);
afterEach(() => stage.crisp('DELETE', '/faults'));

const WITHIN = 40_000;

/** Nobody is online: the visitor asks for an answer by e-mail. Returns what he was promised. */
async function followedUp(visitor: TalkingVisitor, address: string): Promise<Told> {
  await stage.crisp('POST', `/websites/${WEBSITE}/availability`, { status: 'away' });
  await visitor.says('Where is my parcel?');
  await visitor.hears('bot.turn');
  await visitor.botSays({ need_help: true, handover_category_name: 'Billing', user_data: { name: 'Anna' } });
  await visitor.hears('handover.declined');
  await visitor.says('Answer me by e-mail', CONTACT_BY_EMAIL);
  await visitor.isShown('At which e-mail address can we reach you?');
  await visitor.says(`sure, ${address}`);
  await visitor.isShown(`We would write to ${address}. Is that right?`);
  await visitor.says('Yes', USE_ADDRESS);
  return visitor.hears('handover.followed-up');
}

const sessionOf = (followed: Told) => followed.data['crisp_session_id'] as string;
const mailsOf = (session: string) => stage.crisp<{ to: string; text: string }[]>('GET', `/mails?session_id=${session}`);
const delivered = (visitor: TalkingVisitor, text: string) =>
  visitor.told('delivery.message').find((event) => (event.data['body'] as { text: string }).text === text);

describe('an answer by e-mail', () => {
  it(
    'has a conversation in the inbox with everything in it before anything is promised',
    async () => {
      const visitor = stage.visitor('anna');
      const followed = await followedUp(visitor, 'anna@example.com');
      const inCrisp = await visitor.inCrisp(sessionOf(followed));
      expect(inCrisp.meta).toMatchObject({ email: 'anna@example.com', nickname: 'Anna' });
      expect(inCrisp.segments).toEqual(expect.arrayContaining(['billing', 'follow-up']));
      expect(inCrisp.messages).toMatchObject([
        { type: 'text', from: 'user', content: expect.stringContaining('/history/') },
        { type: 'text', from: 'user', content: 'Where is my parcel?' },
        { type: 'note', from: 'operator', content: expect.stringContaining('nobody was online') },
      ]);
      await eventually(async () => (await visitor.inCrisp(sessionOf(followed))).state === 'unresolved', {
        what: 'a conversation to work on',
      });
      expect(visitor.shown.at(-1)).toContain('anna@example.com');
      const rows = await stage.dataSource.query('SELECT watched_until FROM crisp_sessions WHERE session_id = $1', [sessionOf(followed)]);
      expect(rows).toEqual([{ watched_until: null }]);
    },
    WITHIN,
  );

  it(
    'reaches him who has left by e-mail, and in the chat without a sound; his own by e-mail stands there, too',
    async () => {
      const visitor = stage.visitor('absent');
      const session = sessionOf(await followedUp(visitor, 'absent@example.com'));
      await visitor.isThere(false);
      await visitor.agentSays(session, 'It left us yesterday.');
      await visitor.isShown('It left us yesterday.');
      expect(delivered(visitor, 'It left us yesterday.')?.data).toMatchObject({ mailed: true });
      await eventually(async () => (await mailsOf(session)).length === 1, { what: 'the mail', within: 10_000 });
      expect(await mailsOf(session)).toMatchObject([{ to: 'absent@example.com', text: 'It left us yesterday.' }]);
      await eventually(
        async () => (await (await fetch(`${stage.replicas[0]!.url}/metrics`)).text()).includes('baton_crisp_mails_total{chat="silent"} 1'),
        { what: 'the mail being counted' },
      );
      expect(await visitor.floor()).toBe('agent');
      await stage.crisp('POST', `/conversations/${session}/email-answer`, { text: 'Thank you!' });
      await visitor.isShown('Thank you!');
      expect(delivered(visitor, 'Thank you!')?.data).toMatchObject({ via: 'email', author: { kind: 'visitor' } });
    },
    WITHIN,
  );

  it(
    'reaches him who is there in the chat, and Crisp mails nothing',
    async () => {
      const visitor = stage.visitor('present');
      const session = sessionOf(await followedUp(visitor, 'present@example.com'));
      await visitor.isThere(true);
      await eventually(
        async () => {
          const rows: { present: boolean }[] = await stage.dataSource.query(
            `SELECT (state->>'present')::boolean AS present FROM conversations WHERE id = $1`,
            [visitor.conversationId],
          );
          return rows[0]?.present === true;
        },
        { what: 'his presence' },
      );
      await visitor.agentSays(session, 'It left us yesterday.');
      await visitor.isShown('It left us yesterday.');
      const line = delivered(visitor, 'It left us yesterday.')!;
      expect('mailed' in line.data).toBe(false);
      await visitor.receives([line.data['messageId'] as string], 'delivered');
      await eventually(async () => (await visitor.inCrisp(session)).messages.at(-1)?.delivered !== '', {
        what: 'Crisp knowing that he was shown it',
      });
      await visitor.isThere(false);
      await visitor.agentSays(session, 'Tell me when it is there.');
      await eventually(async () => (await mailsOf(session)).length > 0, { what: 'a mail', within: 10_000 });
      expect(await mailsOf(session)).toMatchObject([{ text: 'Tell me when it is there.' }]);
    },
    WITHIN,
  );

  it(
    'is found where its web hook never came',
    async () => {
      const visitor = stage.visitor('unhooked');
      const session = sessionOf(await followedUp(visitor, 'unhooked@example.com'));
      stage.dropsHooks = true;
      try {
        await visitor.agentSays(session, 'It left us yesterday.');
        await visitor.isShown('It left us yesterday.', 20_000);
      } finally {
        stage.dropsHooks = false;
      }
      expect(await visitor.floor()).toBe('agent');
    },
    WITHIN,
  );

  it(
    'goes on in the conversation where nobody answered in time',
    async () => {
      await stage.publish({ timers: { noFirstAnswerSeconds: 1 } });
      await stage.crisp('POST', `/websites/${WEBSITE}/availability`, { status: 'online' });
      const visitor = stage.visitor('unanswered');
      const session = await visitor.getsToAgents({ user_data: { email: 'unanswered@example.com' } });
      await visitor.hears('handover.timed-out', 1, 20_000);
      await visitor.says('By e-mail', CONTACT_BY_EMAIL);
      await visitor.isShown('We would write to unanswered@example.com. Is that right?');
      await visitor.says('Yes', USE_ADDRESS);
      expect(sessionOf(await visitor.hears('handover.followed-up'))).toBe(session);
      const { messages, segments } = await visitor.inCrisp(session);
      expect(messages.filter(({ type, content }) => type === 'text' && content.includes('/history/'))).toHaveLength(1);
      expect(messages.at(-1)).toMatchObject({ type: 'note', content: expect.stringContaining('Follow-up by e-mail') });
      expect(segments).toContain('follow-up');
      await stage.publish();
    },
    WITHIN,
  );

  it.each(['/conversation', '/meta', '/message'])(
    'is opened once although the answer to a call of %s was lost',
    async (path) => {
      const address = `lost-${path.slice(1)}@example.com`;
      const failures = [{ kind: 'disconnect', path, method: path === '/meta' ? 'PATCH' : 'POST', count: 1, when: 'after' }];
      await stage.crisp('PUT', '/faults', { rest: { failures } });
      const visitor = stage.visitor(address);
      const session = sessionOf(await followedUp(visitor, address));
      expect((await visitor.inCrisp(session)).messages.map(({ type }) => type)).toEqual(['text', 'text', 'note']);
      const all = await stage.crisp<{ session_id: string; email: string }[]>('GET', '/conversations');
      expect(all.filter(({ email }) => email === address)).toMatchObject([{ session_id: session }]);
      expect(visitor.told('handover.followed-up')).toHaveLength(1);
    },
    WITHIN,
  );

  it(
    'is not promised where Crisp does not take the address: he is told so, and may tap again',
    async () => {
      const visitor = stage.visitor('refused');
      await visitor.says('Where is my parcel?');
      await visitor.hears('bot.turn');
      await visitor.botSays({ contact_by_email: true, user_data: { email: 'анна@пример.рф' } });
      await visitor.isShown('We would write to анна@пример.рф. Is that right?');
      await visitor.says('yes');
      await visitor.isShown('Sorry, I could not pass this on right now. Please try again in a few minutes.');
      expect(visitor.told('handover.followed-up')).toEqual([]);
      expect(visitor.told('delivery.message').at(-1)?.data['body']).toMatchObject({ quickReplies: [{ payload: CONTACT_BY_EMAIL }, {}] });
    },
    WITHIN,
  );
});
