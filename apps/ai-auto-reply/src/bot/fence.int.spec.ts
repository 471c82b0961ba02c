import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answered } from '@baton/answering';
import { eventually } from '@baton/testing';
import fc from 'fast-check';
import { aDoor, anAnswer, Bench } from './testing/bench.js';
import { Orchestrated } from './testing/events.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.build();
  bench.replica();
}, 60_000);
afterAll(() => bench.close(), 30_000);
afterEach(() => bench.reset());

describe('an answer in the making', () => {
  it('is dropped when the visitor writes on, and both turns are answered together', async () => {
    const before = await bench.taken();
    const door = aDoor();
    bench.thinks = async ({ talk, signal }) => {
      if (talk.length === 1) await door.pass(signal);
      return anAnswer('answer', `answer to ${talk.map(({ text }) => text).join(' + ')}`);
    };
    const visitor = new Orchestrated();
    await bench.hear(visitor.says('hello'));
    await door.reached;
    await bench.hear(visitor.says('where is my parcel?'));
    await bench.answers(visitor.conversationId, 1);
    await bench.isSettled(visitor.conversationId);
    expect(bench.said(visitor.conversationId)).toMatchObject([{ turn: 2, messages: [{ text: 'answer to hello + where is my parcel?' }] }]);
    await eventually(async () => (await bench.taken()) === before + 1, { what: 'the first reservation being given back' });
  });

  it('is not given when the floor is lost meanwhile; afterwards it is known what was said', async () => {
    const before = await bench.taken();
    const visitor = new Orchestrated();
    const door = await bench.hangs(visitor);
    await bench.hear(visitor.mutes());
    door.open();
    await eventually(async () => (await bench.taken()) === before, { what: 'the reservation being given back' });
    bench.reset();
    await bench.hear(visitor.unmutes('resolved', [['agent', 'It leaves today.']]));
    await bench.hear(visitor.says('and the other?'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.said(visitor.conversationId)).toMatchObject([{ epoch: 2, turn: 2 }]);
    expect(bench.asked.at(-1)!.talk.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'visitor: hello',
      'agent: It leaves today.',
      'visitor: and the other?',
    ]);
    expect(bench.asked.at(-1)!.mustSayAutomated).toBe(true);
  });
});

describe('a process that dies in the middle', () => {
  const beginsAndHangs = async (visitor: Orchestrated) => {
    const door = await bench.hangs(visitor, 'by the one that was thought dead');
    bench.reset();
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
    await bench.isSettled(visitor.conversationId);
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
    await bench.hear(visitor.says('hello'));
    await bench.answers(visitor.conversationId, 1);
    expect(bench.texts(visitor.conversationId)).toEqual(['as live says']);
    bench.thinks = citing('gone');
    await bench.hear(visitor.says('and again'));
    await bench.answers(visitor.conversationId, 2);
    expect(bench.texts(visitor.conversationId)[1]).toMatch(/^Sorry, I cannot answer right now/);
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
          else if (what === 'says' && !isMuted) await bench.hear(visitor.says('?'));
          else if (what === 'floor') {
            isMuted = !isMuted;
            await bench.hear(isMuted ? visitor.mutes() : visitor.unmutes());
            const { epoch } = visitor;
            if (isMuted) whenMuted.push({ epoch, count: (await handedOver()).filter((of) => of < epoch).length });
          }
        }
        if (visitor.turn > 0) await bench.isSettled(visitor.conversationId);
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
