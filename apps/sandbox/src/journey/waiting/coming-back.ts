import { ratedBy, STILL_NEED_HELP } from '@baton/contracts';
import { check } from '../stage.js';
import type { SeenMessage, Visitor } from '../visitor.js';
import { notesOf } from '../crisp-control.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

/** Back from a human: the bot knows, it may be taken up again, and he is asked how it was. */
export async function comingBack(cast: Cast): Promise<void> {
  const { stage, clock, of } = cast;
  const { crisp } = stage;
  const resolved = (visitor: Visitor): Promise<SeenMessage> =>
    visitor.sees((one) => visitor.taps(one).some(({ payload }) => payload === STILL_NEED_HELP), 'the end, with a tap to go on');

  await stage.step('the bot is told what the human said, decided and promised, and where to go on', async () => {
    const { visitor, inbox } = await cast.talking();
    await visitor.send('Where is my money?');
    await crisp.write(inbox.session_id, 'I have refunded 20 euros.', of.agent);
    await crisp.write(inbox.session_id, 'I will send you the receipt tomorrow.', of.agent);
    await visitor.sees((one) => /receipt/.test(one.text), 'the promise');
    await crisp.resolve(inbox.session_id);
    await resolved(visitor);
    const { capsule } = await cast.bot.hears(visitor.conversationId, ({ reason }) => reason === 'resolved', 'the bot being told');
    check(capsule, 'there is no capsule');
    check(
      capsule.said.some(({ text }) => text === 'I have refunded 20 euros.'),
      'what was said is missing',
    );
    check(
      capsule.promised.some(({ text }) => /receipt/.test(text)),
      `promised: ${JSON.stringify(capsule.promised)}`,
    );
    check(
      capsule.decided.some(({ text }) => /refunded/.test(text)),
      `decided: ${JSON.stringify(capsule.decided)}`,
    );
    check(capsule.continue_with === 'after-human', `it goes on with ${capsule.continue_with}`);
    check(
      capsule.agents.some((name) => /Ines/.test(name)),
      `agents: ${capsule.agents.join()}`,
    );
  });

  await stage.step('taken up again by his tap within ten minutes: the same conversation in the inbox, and the agent is told', async () => {
    const { visitor, inbox } = await cast.talking();
    await crisp.resolve(inbox.session_id);
    const end = await resolved(visitor);
    await clock.forward(5 * MINUTE);
    await visitor.tap(end, STILL_NEED_HELP);
    await visitor.floorIs('waiting');
    await crisp.shows(inbox.session_id, ({ state }) => state !== 'resolved', 'it being open again');
    await cast.note(inbox.session_id, /still needs? help/i, 'the note');
    await crisp.write(inbox.session_id, 'What is it?', of.agent);
    await visitor.floorIs('agent');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('taken up again by the agent within ten minutes: he has the floor; later, nothing moves until he writes', async () => {
    const { visitor, inbox } = await cast.talking();
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await clock.forward(5 * MINUTE);
    await crisp.call('POST', `/conversations/${inbox.session_id}/reopen`);
    await visitor.floorIs('agent');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await clock.pass(15 * MINUTE);
    await crisp.call('POST', `/conversations/${inbox.session_id}/reopen`);
    await visitor.send('Bot or human?');
    await visitor.sees((one) => one.text === 'Bot: Bot or human?', 'the bot');
    await crisp.write(inbox.session_id, 'Human', of.agent);
    await visitor.floorIs('agent');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('he is asked once how the human was, may answer by a tap, and nobody takes it for a question', async () => {
    const { visitor, inbox } = await cast.talking();
    await crisp.resolve(inbox.session_id);
    const asked = await visitor.sees((one) => visitor.taps(one).some(({ payload }) => ratedBy(payload)?.stars === 4), 'the question');
    const four = visitor.taps(asked).find(({ payload }) => ratedBy(payload)?.stars === 4)!;
    await visitor.tap(asked, four.payload);
    await visitor.sees((one) => /Thank you for telling/.test(one.text), 'thanks');
    await visitor.tap(asked, four.payload);
    await visitor.send('Next');
    await visitor.sees((one) => one.text === 'Bot: Next', 'the bot going on');
    check(visitor.messages().filter(({ text }) => /Thank you for telling/.test(text)).length === 1, 'he was thanked twice');
    check(
      cast.bot.turnsOf(visitor.conversationId).every((text) => !/4/.test(text)),
      'the bot was given the stars to answer',
    );
    await cast.becomes<{ outcomes: { conversation_id: string; outcome: { ratings: { stars: number; stretch: string }[] } }[] }>(
      '/v1/outcomes?limit=50',
      ({ outcomes }) =>
        outcomes.some(
          (one) => one.conversation_id === visitor.conversationId && one.outcome.ratings.filter(({ stars }) => stars === 4).length === 1,
        ),
      'the rating in the outcome',
    );
    check(
      notesOf(await crisp.transcript(inbox.session_id)).some((text) => /4/.test(text) && /rat/i.test(text)),
      'the agent is not told',
    );
  });

  await stage.step("Crisp's own question counts, too; and the bot's stretch is asked for apart, once", async () => {
    const { visitor, inbox } = await cast.talking();
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
    await crisp.call('POST', `/conversations/${inbox.session_id}/rating`, { stars: 5, comment: 'Great' });
    await cast.becomes<{ outcomes: { conversation_id: string; outcome: { ratings: { stars: number; via: string }[] } }[] }>(
      '/v1/outcomes?limit=50',
      ({ outcomes }) =>
        outcomes.some(
          (one) =>
            one.conversation_id === visitor.conversationId && one.outcome.ratings.some(({ via, stars }) => via === 'crisp' && stars === 5),
        ),
      "Crisp's rating in the outcome",
    );
    const talk = await cast.visitor();
    for (const word of ['One', 'Two']) {
      await talk.visitor.send(word);
      await talk.visitor.sees((one) => one.text === `Bot: ${word}`, 'the bot');
    }
    await clock.pass(6 * MINUTE);
    await talk.visitor.sees((one) => talk.visitor.taps(one).some(({ payload }) => ratedBy(payload)?.handoverId === null), 'the question');
    await clock.pass(6 * MINUTE);
    const questions = talk.visitor.messages().filter((one) => talk.visitor.taps(one).some(({ payload }) => ratedBy(payload) !== undefined));
    check(questions.length === 1, `he was asked ${questions.length} times`);
  });
}
