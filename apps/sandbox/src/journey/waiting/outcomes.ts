import { check } from '../stage.js';
import type { Cast } from './cast.js';

/** Facts of each handover, rates of many, rules that ask by themselves, and circles that are cut. */
export async function outcomes(care: Cast, strict: Cast): Promise<void> {
  const { stage } = care;
  const { crisp } = stage;

  await stage.step('three answers in a row that are none ask for a human, and the cause is told', async () => {
    const { visitor, name } = await care.visitor();
    const since = Date.now() - 1_000;
    for (let nth = 1; nth <= 3; nth++) {
      await care.bot.says(visitor.conversationId, { messages: [{ text: `I do not know ${nth}` }], fallback: true });
      await visitor.sees((one) => one.text === `I do not know ${nth}`, 'an answer that is none');
    }
    await visitor.floorIs('waiting');
    const inbox = await stage.inbox(care.of.websiteId, name, since);
    await care.note(inbox.session_id, /in a row|no answer|without an answer/i, 'the cause in the note');
    await care.becomes<{ outcomes: { conversation_id: string; outcome: { cause?: { by: string } } }[] }>(
      '/v1/outcomes?limit=50',
      ({ outcomes: rows }) => rows.some((one) => one.conversation_id === visitor.conversationId && one.outcome.cause?.by === 'fallbacks'),
      'the cause in the outcome',
    );
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('a word, and anger, ask for a human, without the bot being asked', async () => {
    for (const text of ['I will call my lawyer', 'THIS IS RIDICULOUS, YOU USELESS BOT!!!']) {
      const { visitor, name } = await care.visitor();
      const since = Date.now() - 1_000;
      await visitor.send(text);
      await visitor.floorIs('waiting');
      const inbox = await stage.inbox(care.of.websiteId, name, since);
      await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === text), 'his words');
      check(!care.bot.turnsOf(visitor.conversationId).includes(text), 'the bot was asked, too');
      await crisp.resolve(inbox.session_id);
      await visitor.floorIs('bot');
    }
  });

  await stage.step('a bot that asks again and again is stopped, and a bot that talks without end, too', async () => {
    await crisp.availability(strict.of.websiteId, 'away');
    await strict.clock.forward(6_000);
    const { visitor } = await strict.visitor();
    for (let nth = 1; nth <= 4; nth++) {
      const before = visitor.lastSeq;
      await visitor.send('help');
      await visitor.sees((one) => /Nobody from our team/.test(one.text), 'that nobody is there', { after: before });
      await visitor.floorIs('bot');
    }
    await visitor.send('And now?');
    await visitor.sees((one) => one.text === 'Bot: And now?', 'the bot');
    const { outcomes: rows } = await strict.get<{ outcomes: { conversation_id: string }[] }>('/v1/outcomes?limit=50');
    const asked = rows.filter((one) => one.conversation_id === visitor.conversationId).length;
    check(asked === 2, `${asked} handovers were asked for`);
    for (let nth = 1; nth <= 9; nth++) await strict.bot.says(visitor.conversationId, { messages: [{ text: `More ${nth}` }] });
    await visitor.send('Stop');
    await visitor.sees((one) => one.text === 'Bot: Stop', 'the bot, when he spoke');
    const more = visitor.messages().filter(({ text }) => text.startsWith('More ')).length;
    check(more < 9 && more > 0, `${more} of 9 lines were shown`);
    await crisp.availability(strict.of.websiteId, 'online', strict.of.agent);
  });

  await stage.step('rates say of how many they are, and nobody who gave up counts as a success', async () => {
    const rates = await care.get<Record<string, unknown>>('/v1/outcomes/rates');
    check(JSON.stringify(rates).includes('abandoned'), `the rates are ${JSON.stringify(rates).slice(0, 300)}`);
  });
}
