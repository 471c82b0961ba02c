import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { aBot, anAnswer, Bench } from './testing/bench.js';
import { Orchestrated } from './testing/events.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.build();
  bench.replica();
}, 60_000);
afterAll(() => bench.close(), 30_000);
afterEach(() => bench.reset());

describe('at the end of the plan', () => {
  const ask = async (visitor: Orchestrated, text = 'hello') => {
    await bench.hear(visitor.says(text));
    await bench.isSettled(visitor.conversationId);
    return bench.said(visitor.conversationId);
  };

  it('a human is called, once; if nobody comes, one line is said', async () => {
    bench.plan = { perMonth: 0, warnAtPercent: 80 };
    const visitor = new Orchestrated();
    expect(await ask(visitor)).toMatchObject([{ need_help: true, reason: 'the answers of the plan are used up' }]);
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
    expect(await ask(new Orchestrated(), 'I want to talk to a human')).toMatchObject([
      { need_help: true, reason: 'the visitor asked for a human' },
    ]);
  });

  it('what failed of ours costs nobody an answer', async () => {
    const before = await bench.taken();
    bench.thinks = async () => anAnswer('trouble', 'Sorry.');
    await ask(new Orchestrated());
    expect(await bench.taken()).toBe(before);
  });
});

describe('a turn without words', () => {
  it('needs no answer', async () => {
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('  '));
    await bench.isSettled(visitor.conversationId);
    expect([bench.said(visitor.conversationId), bench.asked]).toEqual([[], []]);
  });
});

describe('two machines that talk', () => {
  it('do so only so often in an hour, then a human is called, then there is silence', async () => {
    bench.bot = aBot({ answersPerConversationHour: 2 });
    const visitor = new Orchestrated();
    for (let n = 0; n < 6; n++) {
      await bench.hear(visitor.says(`again ${n}`));
      await bench.isSettled(visitor.conversationId);
    }
    expect(bench.said(visitor.conversationId).map(({ need_help }) => need_help ?? false)).toEqual([false, false, true]);
  });
});

describe('when it may not speak', () => {
  it('nothing is said, and what was asked meanwhile needs no answer later', async () => {
    bench.speech = { speak: false, why: 'killed' };
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('hello'));
    await bench.isSettled(visitor.conversationId);
    bench.speech = { speak: true };
    await bench.hear(visitor.says('again'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([{ turn: 2 }]);
  });

  it('because nobody knows the settings well enough, the visitor waits until somebody does', async () => {
    bench.speech = { speak: false, why: 'settings-stale' };
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('hello'));
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
    const before = await bench.taken();
    const visitor = new Orchestrated();
    const door = await bench.hangs(visitor);
    bench.speech = { speak: false, why: 'mode-off' };
    door.open();
    await bench.isSettled(visitor.conversationId);
    expect(bench.said(visitor.conversationId)).toEqual([]);
    expect(await bench.receipts(visitor.conversationId)).toMatchObject([{ state: 'dropped', why: 'mode-off' }]);
    expect(await bench.taken()).toBe(before);
  });
});
