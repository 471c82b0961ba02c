import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answered } from '@baton/answering';
import { eventually } from '@baton/testing';
import fc from 'fast-check';
import { WANTS_HUMAN } from './human-offer.js';
import { aBot, aDoor, anAnswer, Bench } from './testing/bench.js';
import { Orchestrated } from './testing/events.js';

let bench: Bench;
let usual: Bench['thinks'];
beforeAll(async () => {
  bench = await Bench.build();
  usual = bench.thinks;
  bench.replica();
}, 60_000);
afterAll(() => bench.close(), 30_000);
afterEach(() => {
  bench.bot = aBot();
  bench.plan = undefined;
  bench.speech = { speak: true };
  bench.thinks = usual;
  bench.asked.length = 0;
});

const hear = (...events: Parameters<(typeof bench.bots)[number]['turns']['hear']>[0]) => bench.bots[0]!.turns.hear(events);
const isSettled = (conversationId: string) =>
  eventually(
    async () => {
      const rows: { due_at: unknown }[] = await bench.dataSource.query('SELECT due_at FROM talks WHERE conversation_id = $1', [
        conversationId,
      ]);
      return rows[0]?.due_at === null;
    },
    { what: 'nothing being due' },
  );

describe('the assistant in front', () => {
  it('answers a turn with its turn and epoch, and is seen writing before', async () => {
    const visitor = new Orchestrated();
    await hear(visitor.says('How long may I return it?', { locale: 'de-AT' }));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([
      { bot_id: 'demo', turn: 1, epoch: 0, messages: [{ text: 'answer to How long may I return it?' }] },
    ]);
    expect(bench.typing(visitor.conversationId)).toEqual([true]);
    expect(bench.asked).toMatchObject([{ missesBefore: 0, mustSayAutomated: true, locale: 'de-AT' }]);
    await hear(visitor.says('And the other?', { locale: 'de-AT' }));
    await bench.answers(visitor.conversationId, 2);
    // The language that he was answered in weighs more than what his channel says.
    expect(bench.asked[1]).toMatchObject({ mustSayAutomated: false, locale: 'en' });
    expect(bench.asked[1]!.talk.map(({ from }) => from)).toEqual(['visitor', 'assistant', 'visitor']);
  });

  it('leaves alone the turns of bots that are programs of their own, and stores nothing of them', async () => {
    bench.bot = aBot({ channels: false });
    const visitor = new Orchestrated();
    const stranger = new Orchestrated(undefined, 'another');
    await hear(visitor.says('hello'), stranger.says('hello'));
    const rows: unknown[] = await bench.dataSource.query('SELECT FROM talks WHERE conversation_id = ANY($1)', [
      [visitor.conversationId, stranger.conversationId],
    ]);
    expect(rows).toEqual([]);
  });

  it('answers an event that comes fifty times once, and counts it once', async () => {
    const before = (await bench.quota()).reserved;
    const visitor = new Orchestrated();
    const turn = visitor.says('hello');
    for (let times = 0; times < 5; times++) await Promise.all(Array.from({ length: 10 }, () => hear(turn, turn)));
    await bench.answers(visitor.conversationId, 1);
    await hear(turn);
    await isSettled(visitor.conversationId);
    expect(bench.said(visitor.conversationId)).toHaveLength(1);
    expect((await bench.quota()).reserved).toBe(before + 1);
  });

  it('answers two quick turns together, and drops what was being said to the first', async () => {
    const before = (await bench.quota()).reserved;
    const door = aDoor();
    bench.thinks = async ({ talk, signal }) => {
      if (talk.length === 1) await door.pass(signal);
      return anAnswer('answer', `answer to ${talk.map(({ text }) => text).join(' + ')}`);
    };
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await door.reached;
    await hear(visitor.says('where is my parcel?'));
    await bench.answers(visitor.conversationId, 1);
    await isSettled(visitor.conversationId);
    expect(bench.said(visitor.conversationId)).toMatchObject([{ turn: 2, messages: [{ text: 'answer to hello + where is my parcel?' }] }]);
    expect((await bench.quota()).reserved).toBe(before + 1);
  });

  it('says nothing any more when it is muted in the middle, and goes on knowing what was said', async () => {
    const before = (await bench.quota()).reserved;
    const door = aDoor();
    bench.thinks = async ({ signal }) => {
      await door.pass(signal);
      return anAnswer('answer', 'too late');
    };
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await door.reached;
    await hear(visitor.mutes());
    door.open();
    await eventually(async () => (await bench.quota()).reserved === before, { what: 'the reservation being given back' });
    bench.thinks = usual;
    await hear(visitor.unmutes('resolved', [['agent', 'It leaves today.']]));
    await hear(visitor.says('and the other?'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([{ epoch: 2, turn: 2 }]);
    expect(bench.asked.at(-1)!.talk.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'visitor: hello',
      'agent: It leaves today.',
      'visitor: and the other?',
    ]);
    expect(bench.asked.at(-1)!.mustSayAutomated).toBe(true);
  });

  it('takes an answer back that the orchestrator rejected, and what it cost', async () => {
    const before = (await bench.quota()).reserved;
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await bench.answers(visitor.conversationId, 1);
    await hear(visitor.rejects(bench.said(visitor.conversationId)[0]!.id));
    expect(await bench.receipts(visitor.conversationId)).toMatchObject([{ kind: 'answer', state: 'dropped', why: 'rejected:stale-epoch' }]);
    expect((await bench.quota()).reserved).toBe(before);
  });

  it('counts what was shown, once, a while after it was handed over', async () => {
    const visitor = new Orchestrated();
    const before = bench.used().length;
    await hear(visitor.says('hello'));
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

describe('a process that dies in the middle', () => {
  const beginsAndHangs = async (visitor: Orchestrated) => {
    const door = aDoor();
    bench.thinks = async ({ signal }) => {
      await door.pass(signal);
      return anAnswer('answer', 'by the one that was thought dead');
    };
    await hear(visitor.says('hello'));
    await door.reached;
    bench.thinks = usual;
    return door;
  };

  it('leaves its question to another, and if it lives after all, one of them answers', async () => {
    const visitor = new Orchestrated();
    const door = await beginsAndHangs(visitor);
    const other = bench.replica();
    await bench.dataSource.query("UPDATE talks SET leased_until = now() - interval '1 second' WHERE conversation_id = $1", [
      visitor.conversationId,
    ]);
    await bench.answers(visitor.conversationId, 1);
    door.open();
    await isSettled(visitor.conversationId);
    await other.stop();
    expect(bench.texts(visitor.conversationId)).toEqual(['answer to hello']);
    expect(await bench.receipts(visitor.conversationId)).toHaveLength(1);
  });

  it('that is stopped leaves it at once', async () => {
    const visitor = new Orchestrated();
    await beginsAndHangs(visitor);
    await bench.bots[0]!.stop();
    bench.bots[0] = bench.replica();
    await bench.answers(visitor.conversationId, 1);
    expect(bench.texts(visitor.conversationId)).toEqual(['answer to hello']);
  });
});

describe('in whatever order things happen', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constant('says' as const), thinks: fc.integer({ min: 0, max: 12 }) }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('floor' as const), thinks: fc.integer({ min: 0, max: 12 }) }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('waits' as const), thinks: fc.integer({ min: 0, max: 15 }) }) },
  );

  it('nothing of an epoch that is over is handed over once the mute was handled, and each turn is answered once at most', async () => {
    const other = bench.replica();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const visitor = new Orchestrated();
        let isMuted = false;
        let think = 0;
        bench.thinks = async ({ signal }) => {
          await pause(think, undefined, { signal });
          return anAnswer('answer', 'so be it');
        };
        const handedOver = async (): Promise<number[]> => {
          const rows: { epoch: number }[] = await bench.dataSource.query(
            "SELECT epoch FROM receipts WHERE talk_id = $1 AND state = 'planned'",
            [visitor.conversationId],
          );
          return rows.map(({ epoch }) => epoch);
        };
        const whenMuted: { epoch: number; count: number }[] = [];
        for (const { what, thinks } of steps) {
          think = thinks;
          if (what === 'waits') await pause(thinks);
          else if (what === 'says' && !isMuted) await hear(visitor.says('?'));
          else if (what === 'floor') {
            isMuted = !isMuted;
            await hear(isMuted ? visitor.mutes() : visitor.unmutes());
            const { epoch } = visitor;
            if (isMuted) whenMuted.push({ epoch, count: (await handedOver()).filter((of) => of < epoch).length });
          }
        }
        if (visitor.turn > 0) await isSettled(visitor.conversationId);
        const epochs = await handedOver();
        for (const { epoch, count } of whenMuted) expect(epochs.filter((of) => of < epoch)).toHaveLength(count);
        const turns = bench.said(visitor.conversationId).map(({ turn }) => turn);
        expect(new Set(turns).size).toBe(turns.length);
        if (!isMuted && visitor.turn > 0 && whenMuted.length === 0) expect(turns.at(-1)).toBe(visitor.turn);
      }),
      { numRuns: 40 },
    );
    await other.stop();
  }, 60_000);
});

describe('a human', () => {
  it('is called with a note, the reason and the language when the visitor asks for one', async () => {
    bench.thinks = async () => anAnswer('human', 'I am passing you on.');
    const visitor = new Orchestrated();
    await hear(visitor.says('Talk to a human', { payload: WANTS_HUMAN }));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([
      {
        messages: [{ text: 'I am passing you on.' }],
        need_help: true,
        muted: true,
        reason: 'asked',
        handover_note: 'Wants a human',
        user_data: { assistant: { reason: 'asked', language: 'en' } },
      },
    ]);
  });

  it('is offered below what is not known, where there can be one', async () => {
    bench.thinks = async () => anAnswer('unknown', 'I do not know.');
    const visitor = new Orchestrated();
    await hear(visitor.says('?'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)[0]!.messages[0]!.quick_replies).toMatchObject([
      { title: 'Talk to a human', payload: WANTS_HUMAN },
    ]);
    bench.bot = aBot({}, { crisp: undefined });
    const alone = new Orchestrated();
    await hear(alone.says('?'));
    await bench.answers(alone.conversationId, 1);
    expect(bench.said(alone.conversationId)[0]!.messages[0]!.quick_replies).toBeUndefined();
  });

  it('is not called for the same misses again when nobody came', async () => {
    const settingsSeen: unknown[] = [];
    bench.bot = aBot({ answers: { whenUnsupported: 'human' } });
    bench.thinks = async (_question, { assistant: { answers } }) => {
      settingsSeen.push([answers.whenUnsupported, answers.humanAfterMisses]);
      return answers.whenUnsupported === 'human' ? anAnswer('human', 'I am passing you on.') : anAnswer('unknown', 'I do not know.');
    };
    const visitor = new Orchestrated();
    await hear(visitor.says('?'));
    await bench.answers(visitor.conversationId, 1);
    await hear(visitor.mutes('handover-requested'), visitor.unmutes('declined'));
    await hear(visitor.says('??'));
    await bench.answers(visitor.conversationId, 2);
    expect(settingsSeen).toEqual([
      ['human', 2],
      ['say-so', 0],
    ]);
    expect(bench.said(visitor.conversationId).map(({ need_help }) => need_help ?? false)).toEqual([true, false]);
  });
});

describe('at the end of the plan', () => {
  const ask = async (visitor: Orchestrated, text = 'hello') => {
    await hear(visitor.says(text));
    await isSettled(visitor.conversationId);
    return bench.said(visitor.conversationId);
  };

  it('a human is called, once; if nobody comes, one line is said', async () => {
    bench.plan = { perMonth: 0, warnAtPercent: 80 };
    const visitor = new Orchestrated();
    expect(await ask(visitor)).toMatchObject([{ need_help: true, reason: 'quota-end' }]);
    await ask(visitor);
    const said = await ask(visitor);
    expect(said.map(({ need_help }) => need_help ?? false)).toEqual([true, false]);
    expect(said[1]!.messages).toMatchObject([{ text: 'Sorry, I cannot give automatic answers at the moment.' }]);
    expect(bench.asked).toEqual([]);
  });

  it('one line is said where that was chosen, or nothing', async () => {
    bench.plan = { perMonth: 0, warnAtPercent: 80 };
    bench.bot = aBot({ atQuotaEnd: 'message' });
    const visitor = new Orchestrated();
    await ask(visitor);
    expect((await ask(visitor)).map(({ messages }) => messages[0]!.text)).toEqual([
      'Sorry, I cannot give automatic answers at the moment.',
    ]);
    bench.bot = aBot({ atQuotaEnd: 'silence' });
    const another = new Orchestrated();
    expect(await ask(another)).toEqual([]);
    expect(await bench.receipts(another.conversationId)).toEqual([]);
    expect(bench.typing(another.conversationId)).toEqual([true, false]);
  });

  it('who asks for a human is still brought to one', async () => {
    bench.plan = { perMonth: 0, warnAtPercent: 80 };
    bench.bot = aBot({ atQuotaEnd: 'silence' });
    bench.thinks = async () => anAnswer('human', 'I am passing you on.');
    expect(await ask(new Orchestrated(), 'I want to talk to a human')).toMatchObject([{ need_help: true, reason: 'asked' }]);
  });

  it('what failed of ours costs nobody an answer', async () => {
    const before = (await bench.quota()).reserved;
    bench.thinks = async () => anAnswer('trouble', 'Sorry.');
    await ask(new Orchestrated());
    expect((await bench.quota()).reserved).toBe(before);
  });
});

describe('a source that is deleted while its words are being said', () => {
  const citing = (chunkId: string) => async () => {
    const citation = { chunkId, sourceId: 'source', sourceVersion: 1, title: 'Returns' };
    return { ...anAnswer('answer', `as ${chunkId} says`), citations: [citation] } as Answered;
  };

  it('is not cited: the question is asked once more', async () => {
    bench.gone.add('gone');
    let times = 0;
    bench.thinks = () => citing(++times === 1 ? 'gone' : 'live')();
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.texts(visitor.conversationId)).toEqual(['as live says']);
    bench.thinks = citing('gone');
    await hear(visitor.says('and again'));
    await bench.answers(visitor.conversationId, 2);
    expect(bench.texts(visitor.conversationId)[1]).toMatch(/^Sorry, I cannot answer right now/);
  });
});

describe('two machines that talk', () => {
  it('do so only so often in an hour, then a human is called, then there is silence', async () => {
    bench.bot = aBot({ answersPerConversationHour: 2 });
    const visitor = new Orchestrated();
    for (let n = 0; n < 6; n++) {
      await hear(visitor.says(`again ${n}`));
      await isSettled(visitor.conversationId);
    }
    expect(bench.said(visitor.conversationId).map(({ need_help }) => need_help ?? false)).toEqual([false, false, true]);
  });
});

describe('when it may not speak', () => {
  it('nothing is said, and what was asked meanwhile needs no answer later', async () => {
    bench.speech = { speak: false, why: 'killed' };
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await isSettled(visitor.conversationId);
    bench.speech = { speak: true };
    await hear(visitor.says('again'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([{ turn: 2 }]);
  });

  it('because nobody knows the settings well enough, the visitor waits until somebody does', async () => {
    bench.speech = { speak: false, why: 'settings-stale' };
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await eventually(
      async () => {
        const rows: { attempts: number }[] = await bench.dataSource.query('SELECT attempts FROM talks WHERE conversation_id = $1', [
          visitor.conversationId,
        ]);
        return (rows[0]?.attempts ?? 0) > 0;
      },
      { what: 'an attempt' },
    );
    expect(bench.said(visitor.conversationId)).toEqual([]);
    bench.speech = { speak: true };
    await bench.answers(visitor.conversationId, 1);
  });

  it('as decided while it was thinking: nothing is handed over, nothing is counted', async () => {
    const before = (await bench.quota()).reserved;
    const door = aDoor();
    bench.thinks = async ({ signal }) => {
      await door.pass(signal);
      return anAnswer('answer', 'too late');
    };
    const visitor = new Orchestrated();
    await hear(visitor.says('hello'));
    await door.reached;
    bench.speech = { speak: false, why: 'mode-off' };
    door.open();
    await isSettled(visitor.conversationId);
    expect(bench.said(visitor.conversationId)).toEqual([]);
    expect(await bench.receipts(visitor.conversationId)).toMatchObject([{ state: 'dropped', why: 'mode-off' }]);
    expect((await bench.quota()).reserved).toBe(before);
  });
});
