import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handoverIdOf } from '../floor/handover.js';
import { SESSION, WEBSITE } from '../floor/conversation.builder.js';
import { Visitor } from '../testing/cases.js';
import { judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { NoteReceipts } from './note-receipts.js';
import type { Receipt } from './receipt.js';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit();
}, 60_000);
afterAll(() => kit.close());

type Said = Omit<Receipt, 'conversationId' | 'messageId'>;

interface LineRow {
  readonly message_id: string;
  readonly kind: string;
  readonly status: string | null;
  readonly failure: string | null;
  readonly reason: string | null;
}

type Parts = ConstructorParameters<typeof NoteReceipts>[0];

function receiver(tellsCrisp: Parts['tellsCrisp'] = () => true) {
  return new NoteReceipts({
    dataSource: kit.dataSource,
    judge: kit.judge,
    tellsCrisp,
    now: () => kit.now,
    effects: { plan: async (_manager, plans) => void kit.plans.push(...plans), wake: () => undefined },
  });
}

/** A visitor with an agent who wrote to him. */
class Addressee extends Visitor {
  readonly session = `${SESSION}-${this.address.replace('_', '')}`;

  async isWrittenTo(...texts: readonly string[]): Promise<this> {
    const handoverId = handoverIdOf(this.conversationId, 1);
    await kit.judge.judge([
      this.says('help'),
      this.botSays({ needHelp: true }),
      this.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
      this.happens({ kind: 'desk-opened', handoverId, sessionId: this.session }),
      this.happens({ kind: 'first-message-posted', handoverId }),
      ...texts.map((text) => this.agentSays(text, undefined, { sessionId: this.session })),
    ]);
    return this;
  }

  lines(kind: string): Promise<LineRow[]> {
    return kit.dataSource.query(
      `SELECT message_id, author->>'kind' AS kind, status, failure, reason FROM transcript_lines
       WHERE conversation_id = $1 AND author->>'kind' = $2 ORDER BY position`,
      [this.conversationId, kind],
    );
  }

  /** Each receipt by itself, in this order, about the nth line of that kind. */
  async isTold(kind: string, nth: number, ...receipts: readonly Said[]): Promise<void> {
    const { message_id: messageId } = (await this.lines(kind))[nth]!;
    for (const said of receipts) await receiver().handle([{ conversationId: this.conversationId, messageId, ...said }]);
  }
}

const BLOCKED: Said = { status: 'failed', failure: 'blocked', reason: 'messenger.blocked' };
const TOKEN_DEAD: Said = { status: 'failed', failure: 'token-dead', reason: 'messenger.token-dead' };

describe('what became of a line', () => {
  it('only moves forward, and Crisp is told once for all lines of a few seconds', async () => {
    const visitor = await new Addressee().isWrittenTo('one', 'two');
    const planned = kit.plans.length;
    await visitor.isTold('agent', 0, { status: 'seen' }, { status: 'delivered' });
    await visitor.isTold('agent', 1, { status: 'delivered' });
    await visitor.isTold('system', 0, { status: 'superseded' });
    expect((await visitor.lines('agent')).map(({ status }) => status)).toEqual(['seen', 'delivered']);
    const plans = kit.plans.slice(planned);
    expect(new Set(plans.map((plan) => plan.id)).size).toBe(1);
    expect(plans[0]).toMatchObject({
      kind: 'mark-shown',
      lane: `marks:${visitor.session}`,
      target: `crisp:${WEBSITE}`,
      budget: 'low',
    });
  });

  it('is told to Crisp a second later where marks may be on their way before it is committed', async () => {
    const offsets = [0, 500, 899, 900, 999, 1_000];
    const visitor = await new Addressee().isWrittenTo(...offsets.map(String));
    const planned = kit.plans.length;
    const [before, second] = [kit.now, Math.ceil(kit.now / 1_000) * 1_000];
    for (const [nth, offset] of offsets.entries()) {
      kit.now = second + offset;
      await visitor.isTold('agent', nth, { status: 'delivered' });
    }
    kit.now = before;
    const plans = kit.plans.slice(planned);
    expect(plans.map((plan) => plan.notBefore!.getTime() - second)).toEqual([1_000, 1_000, 1_000, 2_000, 2_000, 2_000]);
    expect(plans.map((plan) => plans.findIndex(({ id }) => id === plan.id))).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it.each([
    [{ email: 'ada@example.test' }, true],
    [{ name: 'Ada' }, false],
  ])('is told to Crisp whatever it costs where Crisp would mail a copy: he is %j', async (userData, mustArrive) => {
    const visitor = new Addressee();
    await kit.judge.judge([visitor.says('hello'), visitor.botSays({ userData })]);
    await visitor.isWrittenTo('one');
    const asked: boolean[] = [];
    const planned = kit.plans.length;
    await visitor.isTold('agent', 0, { status: 'delivered' });
    expect(kit.plans.slice(planned).map(({ payload }) => (payload as { mustArrive?: true }).mustArrive === true)).toEqual([mustArrive]);
    const sparing = receiver(({ mayBeMailed }) => asked.push(mayBeMailed) > 0 && mayBeMailed);
    const { message_id: messageId } = (await visitor.lines('agent'))[0]!;
    await sparing.handle([{ conversationId: visitor.conversationId, messageId, status: 'seen' }]);
    expect([asked, kit.plans.length - planned]).toEqual([[mustArrive], mustArrive ? 2 : 1]);
  });

  it.each(['webchat', 'messenger'] as const)('is not told to Crisp while %s has only taken it', async (channel) => {
    const visitor = await new Addressee(undefined, undefined, channel).isWrittenTo('one');
    const planned = kit.plans.length;
    await visitor.isTold('agent', 0, { status: 'sent' });
    expect((await visitor.lines('agent'))[0]).toMatchObject({ status: 'sent' });
    expect(kit.plans.slice(planned)).toEqual([]);
    await visitor.isTold('agent', 0, { status: 'delivered' });
    expect(kit.plans.slice(planned).map((plan) => plan.kind)).toEqual(['mark-shown']);
  });

  it.each<[what: string, receipts: Said[], line: Partial<LineRow>]>([
    ['sent, then refused', [{ status: 'sent' }, BLOCKED], { status: 'failed', failure: 'blocked', reason: 'messenger.blocked' }],
    ['refused, then sent after all', [BLOCKED, { status: 'sent' }], { status: 'failed', failure: 'blocked' }],
    ['refused, then delivered after all', [BLOCKED, { status: 'delivered' }], { status: 'delivered', failure: null, reason: null }],
    ['delivered, then refused', [{ status: 'delivered' }, BLOCKED], { status: 'delivered', failure: null }],
    ['waiting for its channel', [TOKEN_DEAD], { status: 'waiting', failure: 'token-dead' }],
    ['waiting for its channel, then sent', [TOKEN_DEAD, { status: 'sent' }], { status: 'sent', failure: null, reason: null }],
    ['sent, then said to wait', [{ status: 'sent' }, TOKEN_DEAD], { status: 'sent', failure: null }],
    ['withdrawn, then sent', [{ status: 'superseded' }, { status: 'sent' }], { status: 'superseded' }],
    ['sent, and never to be taken back', [{ status: 'sent' }, { ...BLOCKED, reason: 'messenger.cannot-remove' }], { status: 'sent' }],
    ['refused without saying why', [{ status: 'failed' }], { status: 'failed', failure: 'permanent', reason: null }],
  ])('is the truth when it is %s', async (_what, receipts, line) => {
    const visitor = await new Addressee().isWrittenTo('one');
    await visitor.isTold('agent', 0, ...receipts);
    expect((await visitor.lines('agent'))[0]).toMatchObject(line);
  });

  it('is the best of what one record says', async () => {
    const visitor = await new Addressee().isWrittenTo('one');
    const { message_id: messageId } = (await visitor.lines('agent'))[0]!;
    const of = { conversationId: visitor.conversationId, messageId };
    await receiver().handle([
      { ...of, ...BLOCKED },
      { ...of, status: 'seen' },
      { ...of, status: 'sent' },
    ]);
    expect((await visitor.lines('agent'))[0]).toMatchObject({ status: 'seen', failure: null });
  });
});

describe('an agent whose words did not arrive', () => {
  const notes = (visitor: Addressee) => kit.plans.filter((plan) => plan.lane === visitor.conversationId && plan.kind === 'post-note');

  it('is told once, however often the channel says so, beside the words themselves', async () => {
    const visitor = await new Addressee().isWrittenTo('Your parcel leaves today, and this is a text that goes on and on and on');
    await Promise.all([visitor.isTold('agent', 0, BLOCKED, BLOCKED), visitor.isTold('agent', 0, BLOCKED)]);
    await visitor.isTold('agent', 0, { status: 'failed', failure: 'permanent' });
    expect(notes(visitor)).toMatchObject([
      {
        target: `crisp:${WEBSITE}`,
        onDoubt: 'repeat',
        payload: { text: expect.stringContaining('“Your parcel leaves today, and this is a text that goes on a…”') },
      },
    ]);
    expect((await visitor.lines('agent'))[0]).toMatchObject({ status: 'failed', failure: 'blocked' });
  });

  it('is told nothing of what arrived all the same', async () => {
    const visitor = await new Addressee().isWrittenTo('one');
    await visitor.isTold('agent', 0, { status: 'delivered' }, BLOCKED);
    const { message_id: messageId } = (await visitor.lines('agent'))[0]!;
    const of = { conversationId: visitor.conversationId, messageId };
    await receiver().handle([
      { ...of, ...BLOCKED },
      { ...of, status: 'delivered' },
    ]);
    expect(notes(visitor)).toEqual([]);
  });

  it('is told that his words wait, and later that they are lost', async () => {
    const visitor = await new Addressee().isWrittenTo('one', 'two');
    await visitor.isTold('agent', 0, TOKEN_DEAD, BLOCKED);
    await visitor.isTold('agent', 1, TOKEN_DEAD);
    expect(notes(visitor).map((plan) => (plan.payload as { text: string }).text)).toEqual([
      expect.stringContaining('“one” is waiting'),
      expect.stringContaining('“one” did not reach the visitor'),
    ]);
  });

  it('is told that what he took back still stands there', async () => {
    const visitor = await new Addressee().isWrittenTo();
    const fingerprint = '176000000009999';
    const of = { websiteId: WEBSITE, sessionId: visitor.session, fingerprint };
    await kit.judge.judge([visitor.agentSays('secret', fingerprint, of), visitor.inCrisp({ ...of, kind: 'removed', at: kit.now })]);
    const refused: Said = { status: 'failed', failure: 'unsupported', reason: 'messenger.cannot-remove' };
    await visitor.isTold('agent', 0, { status: 'delivered' }, refused, refused);
    expect(notes(visitor)).toHaveLength(1);
    expect((await visitor.lines('agent'))[0]).toMatchObject({ status: 'delivered' });
  });

  it('is told that the visitor still has the words that he changed', async () => {
    const visitor = await new Addressee().isWrittenTo();
    const fingerprint = '176000000009998';
    const of = { websiteId: WEBSITE, sessionId: visitor.session, fingerprint };
    const edited = { ...of, kind: 'edited', at: kit.now, body: { type: 'text', text: 'On Friday' } } as const;
    await kit.judge.judge([visitor.agentSays('On Monday', fingerprint, of)]);
    await visitor.isTold('agent', 0, { status: 'sent' });
    await kit.judge.judge([visitor.inCrisp(edited)]);
    await visitor.isTold('agent', 0, { status: 'failed', failure: 'window-closed', reason: 'messenger.window-closed' });
    expect(notes(visitor)).toMatchObject([{ payload: { text: expect.stringContaining('not for the visitor: “On Friday”') } }]);
    expect((await visitor.lines('agent'))[0]).toMatchObject({ status: 'sent', failure: null });
  });

  it('is not told of a line of the bot while nobody is there', async () => {
    const visitor = new Addressee();
    await kit.judge.judge([visitor.says('hello'), visitor.botSays({ messages: [{ text: 'Hi' }] })]);
    await visitor.isTold('bot', 0, BLOCKED);
    expect(notes(visitor)).toEqual([]);
    expect((await visitor.lines('bot'))[0]).toMatchObject({ status: 'failed', failure: 'blocked' });
  });
});
