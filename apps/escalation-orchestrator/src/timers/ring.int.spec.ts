import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { createLogger } from '@baton/telemetry';
import { START } from '../floor/conversation.builder.js';
import { handoverIdOf } from '../floor/handover.js';
import { Visitor } from '../testing/cases.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit, JudgeOnTheBench } from '../testing/judge-kit.js';
import { Ring } from './ring.js';

const { en } = ourLines;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const kits: JudgeKit[] = [];

let kit: JudgeKit;
/** The conversations whose session was read, in order; `crispIsAway`: it could not be. */
let read: string[];
let crispIsAway: (conversationId: string) => boolean;
beforeEach(async () => {
  kits.push((kit = await judgeKit([aBot()])));
  read = [];
  crispIsAway = () => false;
}, 60_000);
afterAll(() => Promise.all(kits.map((one) => one.close())));

function ringOf({ dataSource, judge }: JudgeOnTheBench): Ring {
  const beforeTimeout = async (id: string) => {
    read.push(id);
    return !crispIsAway(id);
  };
  const log = createLogger({ service: 'test', level: 'silent', instance: 'test' });
  return new Ring({ dataSource, judge, log, now: () => kit.now, catchUp: { beforeTimeout } });
}

async function waiting(): Promise<Visitor> {
  const visitor = new Visitor();
  const handoverId = handoverIdOf(visitor.conversationId, 1);
  await kit.judge.judge([
    visitor.says('I need a human'),
    visitor.botSays({ needHelp: true, muted: true }),
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId: `session_${visitor.conversationId}` }),
    visitor.happens({ kind: 'first-message-posted', handoverId }),
  ]);
  return visitor;
}

const shownTo = ({ conversationId }: Visitor) =>
  kit
    .sent()
    .filter(({ key, type }) => key === conversationId && type === 'delivery.message')
    .map(({ data }) => (data['body'] as { text: string }).text)
    .slice(2);

describe('the ring', () => {
  it('reads a session in Crisp before it says that nobody answered, but not for a word in between', async () => {
    const visitor = await waiting();
    const ring = ringOf(kit);
    kit.now = START + 2 * MINUTE;
    await ring.tick();
    await eventually(() => shownTo(visitor).length === 1);
    expect(read).toEqual([]);
    kit.now = START + 11.25 * MINUTE;
    await ring.tick();
    await eventually(() => shownTo(visitor).length === 2);
    expect(read).toEqual([visitor.conversationId]);
    expect(shownTo(visitor)).toEqual([en.texts.keepAlive[0], en.texts.stillWaiting]);
  });

  it('hours too late, by two replicas at once, says only the end, and once', async () => {
    const visitor = await waiting();
    const another = await kit.another();
    kit.now = START + 5 * 60 * MINUTE;
    another.now = kit.now;
    await Promise.all([ringOf(kit).tick(), ringOf(another).tick()]);
    await ringOf(another).tick();
    const told = () => [...kit.sent(), ...another.sent()].filter(({ type }) => type === 'handover.timed-out');
    await eventually(() => told().length > 0);
    expect(told()).toHaveLength(1);
    const lines = [...kit.sent(), ...another.sent()].filter(
      ({ key, type }) => key === visitor.conversationId && type === 'delivery.message',
    );
    expect(lines.slice(2).map(({ data }) => (data['body'] as { text: string }).text)).toEqual([en.texts.timedOut]);
  });

  it('waits a minute for a Crisp that cannot be read, and keeps nobody else waiting for that', async () => {
    const stuck = await waiting();
    for (let n = 1; n < 100; n++) await waiting();
    kit.now = START + SECOND;
    const other = await waiting();
    crispIsAway = (id) => id !== other.conversationId;
    const ring = ringOf(kit);
    kit.now = START + 15 * MINUTE + SECOND;
    await ring.tick();
    expect(shownTo(other)).toEqual([]);
    await ring.tick();
    await eventually(() => shownTo(other).length === 1);
    expect(shownTo(stuck)).toEqual([]);
    kit.now += 60 * SECOND;
    await ring.tick();
    await eventually(() => shownTo(stuck).length === 1);
    expect(shownTo(stuck)).toEqual([en.texts.timedOut]);
  }, 60_000);

  it('keeps nobody waiting for one whose timer cannot be judged, for whatever reason', async () => {
    const [poor, other] = [await waiting(), await waiting()];
    kit.now = START + 2 * MINUTE;
    const judge = {
      judge: async (cases: Parameters<typeof kit.judge.judge>[0]) => {
        if (cases.some(({ conversationId }) => conversationId === poor.conversationId)) throw new Error('nobody foresaw this');
        return kit.judge.judge(cases);
      },
    } as unknown as typeof kit.judge;
    await ringOf({ ...kit, judge }).tick();
    await eventually(() => shownTo(other).length === 1);
    await ringOf(kit).tick();
    expect(shownTo(poor)).toEqual([]);
  });
});
