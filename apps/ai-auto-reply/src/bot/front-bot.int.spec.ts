import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { WANTS_HUMAN } from './human-offer.js';
import { aBot, anAnswer, Bench } from './testing/bench.js';
import { Orchestrated } from './testing/events.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.build();
  bench.replica();
}, 60_000);
afterAll(() => bench.close(), 30_000);
afterEach(() => bench.reset());

describe('the assistant in front', () => {
  it('answers a turn with its turn and epoch, and is seen writing before', async () => {
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('How long may I return it?', { locale: 'de-AT' }));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([
      { bot_id: 'demo', turn: 1, epoch: 0, messages: [{ text: 'answer to How long may I return it?' }] },
    ]);
    expect(bench.typing(visitor.conversationId)).toEqual([true]);
    expect(bench.asked).toMatchObject([{ missesBefore: 0, mustSayAutomated: true, locale: 'de-AT' }]);
    await bench.hear(visitor.says('And the other?', { locale: 'de-AT' }));
    await bench.answers(visitor.conversationId, 2);
    // The language that he was answered in weighs more than what his channel says.
    expect(bench.asked[1]).toMatchObject({ mustSayAutomated: false, locale: 'en' });
    expect(bench.asked[1]!.talk.map(({ from }) => from)).toEqual(['visitor', 'assistant', 'visitor']);
  });

  it('leaves alone the turns of bots that are programs of their own, and stores nothing of them', async () => {
    bench.bot = aBot({ channels: false });
    const visitor = new Orchestrated();
    const stranger = new Orchestrated(undefined, 'another');
    await bench.hear(visitor.says('hello'), stranger.says('hello'));
    const rows: unknown[] = await bench.dataSource.query('SELECT FROM talks WHERE conversation_id = ANY($1)', [
      [visitor.conversationId, stranger.conversationId],
    ]);
    expect(rows).toEqual([]);
  });

  it('answers an event that comes fifty times once, and counts it once', async () => {
    const before = await bench.taken();
    const visitor = new Orchestrated();
    const turn = visitor.says('hello');
    for (let times = 0; times < 5; times++) await Promise.all(Array.from({ length: 10 }, () => bench.hear(turn, turn)));
    await bench.answers(visitor.conversationId, 1);
    await bench.hear(turn);
    await bench.isSettled(visitor.conversationId);
    expect(bench.said(visitor.conversationId)).toHaveLength(1);
    expect(await bench.taken()).toBe(before + 1);
  });

  it('takes an answer back that the orchestrator rejected, and what it cost', async () => {
    const before = await bench.taken();
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('hello'));
    await bench.answers(visitor.conversationId, 1);
    await bench.hear(visitor.rejects(bench.said(visitor.conversationId)[0]!.id));
    expect(await bench.receipts(visitor.conversationId)).toMatchObject([{ kind: 'answer', state: 'dropped', why: 'rejected:stale-epoch' }]);
    expect(await bench.taken()).toBe(before);
  });

  it('counts what was shown, once, a while after it was handed over', async () => {
    const visitor = new Orchestrated();
    const before = bench.used().length;
    await bench.hear(visitor.says('hello'));
    await bench.answers(visitor.conversationId, 1);
    const settle = bench.bots[0]!.jobs[0]!;
    await settle.run();
    expect(bench.used()).toHaveLength(before);
    await bench.dataSource.query("UPDATE receipts SET at = at - interval '10 seconds'");
    await Promise.all([settle.run(), settle.run()]);
    const mine = await eventually(() => bench.used().length > before && bench.used().slice(before));
    expect(mine.map(({ entryId }) => entryId)).toContain(bench.said(visitor.conversationId)[0]!.id);
    expect(new Set(mine.map(({ entryId }) => entryId)).size).toBe(mine.length);
    expect(mine[0]).toMatchObject({ place: 'webchat', workspaceId: 'acme', botId: 'demo' });
    expect(await bench.receipts(visitor.conversationId)).toMatchObject([{ state: 'posted' }]);
  });
});

describe('a human', () => {
  it('is called with a note, the reason and the language when the visitor asks for one', async () => {
    bench.thinks = async () => anAnswer('human', 'I am passing you on.');
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('Talk to a human', { payload: WANTS_HUMAN }));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([
      {
        messages: [{ text: 'I am passing you on.' }],
        need_help: true,
        muted: true,
        reason: 'the visitor asked for a human',
        handover_note: 'Wants a human',
        user_data: { assistant: { reason: 'asked', language: 'en' } },
      },
    ]);
  });

  it('is offered below what is not known, where there can be one', async () => {
    bench.thinks = async () => anAnswer('unknown', 'I do not know.');
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('?'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)[0]!.messages[0]!.quick_replies).toMatchObject([
      { title: 'Talk to a human', payload: WANTS_HUMAN },
    ]);
    expect(bench.said(visitor.conversationId)[0]!.fallback).toBe(true);
    bench.bot = aBot({}, { crisp: undefined });
    const alone = new Orchestrated();
    await bench.hear(alone.says('?'));
    await bench.answers(alone.conversationId, 1);
    expect(bench.said(alone.conversationId)[0]!.messages[0]!.quick_replies).toBeUndefined();
  });

  it('is not called where there is none, and one line says that nothing can be said', async () => {
    bench.bot = aBot({ answers: { whenUnsupported: 'human' } }, { handover: { enabled: false } });
    const seen: string[] = [];
    bench.thinks = async (_question, { assistant }) => {
      seen.push(assistant.answers.whenUnsupported);
      return anAnswer('unknown', 'I do not know.');
    };
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('?'));
    await bench.answers(visitor.conversationId, 1);
    bench.plan = { perMonth: 0, warnAtPercent: 80 };
    await bench.hear(visitor.says('?'));
    await bench.answers(visitor.conversationId, 2);
    expect(seen).toEqual(['say-so']);
    expect(bench.texts(visitor.conversationId)[1]).toBe('Sorry, I cannot give automatic answers at the moment.');
  });

  it('is not called for the same misses again when nobody came', async () => {
    const settingsSeen: unknown[] = [];
    bench.bot = aBot({ answers: { whenUnsupported: 'human' } });
    bench.thinks = async (_question, { assistant: { answers } }) => {
      settingsSeen.push([answers.whenUnsupported, answers.humanAfterMisses]);
      return answers.whenUnsupported === 'human' ? anAnswer('human', 'I am passing you on.') : anAnswer('unknown', 'I do not know.');
    };
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('?'));
    await bench.answers(visitor.conversationId, 1);
    await bench.hear(visitor.mutes('handover-requested'), visitor.unmutes('declined'));
    await bench.hear(visitor.says('??'));
    await bench.answers(visitor.conversationId, 2);
    expect(settingsSeen).toEqual([
      ['human', 2],
      ['say-so', 0],
    ]);
    expect(bench.said(visitor.conversationId).map(({ need_help }) => need_help ?? false)).toEqual([true, false]);
  });
});
