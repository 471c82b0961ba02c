import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import { WANTS_HUMAN } from './human-offer.js';
import { InFront } from './testing/in-front.js';

let stage: Stage;
let front: InFront;
beforeAll(async () => {
  stage = await Stage.build({ assistant: { channels: true, inbox: 'off' } });
  front = await InFront.on(stage);
  await stage.replica();
}, 120_000);
afterAll(async () => {
  await front.stop();
  await stage.close();
}, 30_000);

describe('in front of webchat', () => {
  it('a question is answered from the knowledge, with its turn and epoch, and the visitor sees that it is being written', async () => {
    const visitor = front.visitor();
    const answer = await front.asks(visitor, 'How long does shipping take?', { locale: 'en' });
    expect(answer).toMatchObject({ turn: 1, epoch: 0, bot_id: 'demo' });
    expect(answer.messages[0]!.text).toContain('3 to 5 working days');
    expect(answer.messages[0]!.text).toContain('automated answer');
    expect(front.signs(visitor)[0]).toBe(true);
    const second = await front.asks(visitor, 'How can I return an order?');
    expect(second.messages[0]!.text).toContain('within 30 days');
    expect(second.messages[0]!.text).not.toContain('automated answer');
  });

  it('two quick turns get one answer, to both', async () => {
    const visitor = front.visitor();
    await front.happens(visitor.says('Hello!'), visitor.says('How do I reset my password?'));
    expect((await front.hears(visitor)).turn).toBe(2);
    await front.isQuiet(visitor);
    expect(front.answers(visitor)).toHaveLength(1);
    expect(front.answers(visitor)[0]!.messages[0]!.text).toContain('Forgot password');
  });

  it('the same turn fifty times gets one answer', async () => {
    const visitor = front.visitor();
    const turn = visitor.says('How long does shipping take?');
    await Promise.all(Array.from({ length: 50 }, () => front.happens(turn)));
    await front.hears(visitor);
    await front.happens(turn, turn);
    await front.asks(visitor, 'How can I return an order?');
    expect(front.answers(visitor)).toHaveLength(2);
    const receipts: { n: number }[] = await stage.dataSource.query('SELECT count(*)::integer AS n FROM receipts WHERE talk_id = $1', [
      visitor.conversationId,
    ]);
    expect(receipts).toEqual([{ n: 2 }]);
  });

  it('an agent who comes silences it in the middle; afterwards it knows what he said', async () => {
    const visitor = front.visitor();
    await front.happens(visitor.says('How long does shipping take?'), visitor.mutes());
    await front.isQuiet(visitor);
    expect(front.answers(visitor)).toEqual([]);
    await front.happens(visitor.unmutes('resolved', [['agent', 'Your parcel leaves today.']]));
    const answer = await front.asks(visitor, 'How can I return an order?');
    expect(answer).toMatchObject({ epoch: 2, turn: 2 });
    expect(answer.messages[0]!.text).toContain('automated answer');
  });

  it('turns of a bot that is a program of its own are left alone', async () => {
    await stage.publish({ assistant: { channels: false } });
    const visitor = front.visitor();
    const turnsHeard = () => stage.metric('baton_records_handled_total{topic="bot-turns"}');
    const before = await turnsHeard();
    await front.happens(visitor.says('How long does shipping take?'));
    await eventually(async () => (await turnsHeard()) > before, { what: 'the turn being heard' });
    await stage.publish({ assistant: { channels: true } });
    await front.asks(front.visitor(), 'How can I return an order?');
    expect(front.answers(visitor)).toEqual([]);
  });
});

describe('a human', () => {
  it('is called at once when the visitor asks for one, in words or by a tap, with a note for the agents', async () => {
    const visitor = front.visitor();
    const answer = await front.asks(visitor, 'I want to talk to a human');
    expect(answer).toMatchObject({
      need_help: true,
      muted: true,
      reason: 'the visitor asked for a human',
      user_data: { assistant: { reason: 'asked' } },
    });
    expect(answer.handover_note).toContain('I want to talk to a human');
    expect(await front.asks(front.visitor(), 'Talk to a human', { payload: WANTS_HUMAN })).toMatchObject({ need_help: true });
  });

  it('is offered when nothing is known, and called when that happens again and again', async () => {
    const visitor = front.visitor();
    const first = await front.asks(visitor, 'What is the airspeed of an unladen swallow?');
    expect(first.need_help).toBeUndefined();
    expect(first.messages[0]!.quick_replies).toMatchObject([{ payload: WANTS_HUMAN }]);
    const second = await front.asks(visitor, 'Which colour did the emperor of Mars prefer?');
    const called = second.need_help ? second : await front.asks(visitor, 'Who painted the ceiling of the moon?');
    expect(called).toMatchObject({ need_help: true, reason: 'several questions in a row had no answer' });
    await front.happens(visitor.mutes('handover-requested'), visitor.unmutes('declined'));
    expect((await front.asks(visitor, 'Where do lost socks go?')).need_help).toBeUndefined();
  });

  it('is called where the plan is at its end', async () => {
    await stage.publish({ workspace: { answers: { perMonth: 0, warnAtPercent: 80 } } });
    const visitor = front.visitor();
    const answer = await eventually(
      async () => {
        const another = front.visitor();
        const got = await front.asks(another, 'How long does shipping take?');
        return got.need_help === true && got;
      },
      { what: 'the plan being known' },
    );
    expect(answer).toMatchObject({ reason: 'the answers of the plan are used up' });
    await stage.publish({ workspace: { answers: { warnAtPercent: 80 } } });
    await eventually(async () => (await front.asks(visitor, 'How long does shipping take?')).need_help === undefined, {
      what: 'the new plan being known',
    });
  });
});

describe('a process that is killed', () => {
  it('with a question in hand leaves it to another, and there is one answer', async () => {
    const visitor = front.visitor();
    await stage.publish({ assistant: { burst: { quietMs: 3_000, longestMs: 4_000 } } });
    await eventually(
      async () => {
        const one = front.visitor();
        await front.happens(one.says('Hello!'));
        const rows: { waits: boolean }[] = await eventually(
          async () => {
            const found: { waits: boolean }[] = await stage.dataSource.query(
              "SELECT due_at > now() + interval '1 second' AS waits FROM talks WHERE conversation_id = $1 AND due_at IS NOT NULL",
              [one.conversationId],
            );
            return found.length > 0 && found;
          },
          { what: 'a talk that waits' },
        );
        return rows[0]!.waits;
      },
      { what: 'the longer wait being known' },
    );
    await front.happens(visitor.says('How long does shipping take?'));
    await eventually(
      async () =>
        ((await stage.dataSource.query('SELECT FROM talks WHERE conversation_id = $1', [visitor.conversationId])) as unknown[]).length > 0,
      { what: 'the turn being heard' },
    );
    await stage.replicas[0]!.child.kill();
    await stage.replica();
    const answer = await front.hears(visitor, 1, 40_000);
    expect(answer.messages[0]!.text).toContain('3 to 5 working days');
    await front.isQuiet(visitor);
    expect(front.answers(visitor)).toHaveLength(1);
  }, 90_000);
});

describe('what was said', () => {
  it('is counted once each, under the channel it was said in', async () => {
    const visitor = front.visitor();
    await front.asks(visitor, 'How long does shipping take?');
    const [receipt] = (await stage.dataSource.query('SELECT quota_entry_id FROM receipts WHERE talk_id = $1', [
      visitor.conversationId,
    ])) as { quota_entry_id: string }[];
    const mine = () => stage.used.filter(({ entryId }) => entryId === receipt!.quota_entry_id);
    await eventually(() => mine().length > 0, { what: 'the answer being counted', within: 20_000 });
    expect(mine()).toMatchObject([{ place: 'webchat', botId: 'demo', workspaceId: stage.workspaceId }]);
  }, 30_000);
});
