import { check, type Stage } from '../stage.js';
import { AiControl } from './ai-control.js';
import { ChatboxVisitor, textOf } from './chatbox-visitor.js';
import { PLAN_OF_TWO, testKeyOf, websiteOf } from './test-bots.js';

const FACT = { question: 'Which flower is the flower of the week?', answer: 'The flower of the week is the cornflower.' };
const KNOWN = /cornflower/;

/** What settings change: modes, the end of a plan, the borders between workspaces. */
export async function modes(stage: Stage): Promise<void> {
  const { crisp, place } = stage;
  const control = (botId: string): AiControl => new AiControl(place.ais.at(-1)!, botId, testKeyOf(botId));
  const visitor = (botId: string): Promise<ChatboxVisitor> => ChatboxVisitor.enter(crisp, websiteOf(botId), stage.aName());
  const ask = async (botId: string): Promise<ChatboxVisitor> => {
    const one = await visitor(botId);
    await one.writes(FACT.question);
    return one;
  };
  const ends = ['human', 'message', 'silence'] as const;

  await stage.step('AI: every bot learns the same fact, but for the neighbour', async () => {
    const bots = ['noting', 'shadowed', ...ends.map((end) => `ending-${end}`)];
    await Promise.all(bots.map((botId) => control(botId).learns('Flowers', [FACT])));
  });

  await stage.step('AI: in note mode agents get its suggestion, the visitor nothing', async () => {
    const one = await ask('noting');
    check(KNOWN.test(textOf(await one.noted())), 'the note lacks the answer');
    check((await one.afterSilence(1_000)) === 0, 'the visitor got an answer');
    await control('noting').receipt(one.session, 'suggested');
  });

  await stage.step('AI: in shadow mode it is recorded what it would have said, and nobody sees it', async () => {
    const one = await ask('shadowed');
    check(KNOWN.test((await control('shadowed').receipt(one.session, 'shadow')).text), 'the receipt lacks the answer');
    check((await one.answers()).length + (await one.notes()).length === 0, 'somebody saw it');
  });

  await stage.step("AI: another workspace's knowledge is never cited", async () => {
    const one = await ask('neighbour');
    check(!KNOWN.test(textOf(await one.answered())), 'it cites what its neighbour knows');
    check(!KNOWN.test((await control('neighbour').asked(FACT.question)).text), 'the playground does');
  });

  for (const end of ends) {
    await stage.step(`AI: at the end of the plan: ${end}`, async () => {
      const botId = `ending-${end}`;
      for (let count = 0; count < PLAN_OF_TWO; count++) {
        const asking = await ask(botId);
        check(KNOWN.test(textOf(await asking.answered())), 'an answer within the plan failed');
      }
      const late = await ask(botId);
      await late.afterSilence();
      const said = (await late.answers()).map(textOf);
      check(!said.some((text) => KNOWN.test(text)), 'it answered beyond the plan');
      const notes = (await late.notes()).length;
      if (end === 'human') check(notes > 0, 'no agent was told');
      if (end === 'message') check(said.length === 1, `it said ${said.length} lines`);
      if (end === 'silence') check(said.length === 0, `it said "${said[0]}"`);
    });
  }
}
