import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { SESSION, WEBSITE } from '../floor/conversation.builder.js';
import { handoverIdOf } from '../floor/handover.js';
import { Visitor } from '../testing/cases.js';
import { judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit();
}, 60_000);
afterAll(() => kit.close());

it('a visitor is given back however much an agent wrote to him: the bot is told the last of it that one record can hold', async () => {
  const visitor = new Visitor();
  const handoverId = handoverIdOf(visitor.conversationId, 1);
  await kit.judge.judge([
    visitor.says('help'),
    visitor.botSays({ needHelp: true }),
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId: SESSION }),
    visitor.happens({ kind: 'first-message-posted', handoverId }),
  ]);
  for (let nth = 1; nth <= 30; nth += 1) {
    await kit.judge.judge([visitor.agentSays(`${nth}. ${'I have cancelled the order, and I will call you “tomorrow”. '.repeat(250)}`)]);
  }
  await kit.judge.judge([
    visitor.inCrisp({ kind: 'state', websiteId: WEBSITE, sessionId: SESSION, state: 'resolved', at: 1_767_607_400_000 }),
  ]);
  const unmuted = await eventually(() => kit.sent().find(({ type }) => type === 'bot.unmuted'), {
    what: 'the bot being told',
    within: 5_000,
  });
  const { human_stretch: stretch, capsule } = unmuted.data as { human_stretch: { text: string }[]; capsule: { said: { text: string }[] } };
  expect(stretch.length).toBeLessThan(30);
  expect([stretch, capsule.said].map((lines) => lines.at(-1)!.text.slice(0, 3))).toEqual(['30.', '30.']);
});
