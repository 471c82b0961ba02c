import { BACK_TO_BOT } from '@baton/contracts';
import { check } from '../stage.js';
import { notesOf } from '../crisp-control.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

/** What one is told while one waits, and how one leaves. */
export async function waiting(cast: Cast): Promise<void> {
  const { stage, clock, of } = cast;
  const { crisp } = stage;

  await stage.step('while he waits a word of ours comes again and again, later each time and never the same', async () => {
    const { visitor, inbox } = await cast.waiting();
    await clock.pass(9 * MINUTE);
    await visitor.sees((one) => /still in line|a little longer/.test(one.text), 'a word');
    const told = visitor
      .messages()
      .filter(({ author }) => author.kind === 'system')
      .map(({ text }) => text);
    check(told.length >= 4, `in nine minutes he was told only ${told.join(' / ')}`);
    check(new Set(told).size === told.length, `a line was said twice: ${told.join(' / ')}`);
    await crisp.write(inbox.session_id, 'Finally', of.agent);
    await visitor.floorIs('agent');
    const before = visitor.lastSeq;
    await clock.pass(5 * MINUTE);
    await visitor.send('Good');
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'Good'), 'his word');
    check(!visitor.messages(before).some(({ author }) => author.kind === 'system'), 'he is consoled though an agent is there');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('his place is told when somebody waits before him, and only then', async () => {
    const first = await cast.waiting();
    check(!first.visitor.messages().some(({ text }) => /before you/.test(text)), 'the first one has somebody before him');
    const second = await cast.waiting();
    await second.visitor.sees((one) => /before you: 1\b/.test(one.text), 'his place');
    for (const { visitor, inbox } of [first, second]) {
      await crisp.resolve(inbox.session_id);
      await visitor.floorIs('bot');
    }
  });

  await stage.step('how long it takes is told once enough of them waited, and not before', async () => {
    const { visitor: early, inbox } = await cast.waiting();
    check(!early.messages().some(({ text }) => /within \d+ min/.test(text)), 'a number was made up');
    await crisp.resolve(inbox.session_id);
    // Two were given back before: so many answered ones are more than four of five.
    for (let nth = 0; nth < 14; nth++) {
      const { visitor, inbox: one } = await cast.waiting();
      await clock.forward(MINUTE);
      await crisp.write(one.session_id, `I am here ${nth}`, of.agent);
      await visitor.floorIs('agent');
      await crisp.resolve(one.session_id);
      await visitor.floorIs('bot');
    }
    const { visitor, inbox: last } = await cast.waiting();
    await visitor.sees((one) => /within \d+ min/.test(one.text), 'an estimate');
    await crisp.resolve(last.session_id);
    await visitor.floorIs('bot');
  });

  for (const [how, leave] of [
    ['by a word', (say: (text: string, payload?: string) => Promise<void>) => say('Never mind!')],
    ['by the tap', (say: (text: string, payload?: string) => Promise<void>) => say('Back to assistant', BACK_TO_BOT)],
  ] as const) {
    await stage.step(`he leaves the wait ${how}: the agent is told, the bot is back, and the word is nobody's question`, async () => {
      const { visitor, inbox } = await cast.waiting();
      await leave((text, payload) => visitor.send(text, payload));
      await visitor.floorIs('bot');
      await cast.note(inbox.session_id, /went back|left/i, 'that he left');
      await cast.bot.hears(visitor.conversationId, ({ reason }) => reason === 'cancelled', 'the bot being told');
      const transcript = await crisp.transcript(inbox.session_id);
      check(
        !transcript.messages.some(({ content, type }) => type === 'text' && /Never mind|Back to/.test(String(content))),
        'it was posted',
      );
      check(!cast.bot.turnsOf(visitor.conversationId).some((text) => /Never mind|Back to/.test(text)), 'the bot was asked it');
    });
  }

  await stage.step('he leaves while Crisp is still being asked: nothing stays open there', async () => {
    const { visitor, name } = await cast.visitor();
    await crisp.faults({ rest: { latency: { from: 1_500, to: 1_500 } } });
    await visitor.send('help');
    await visitor.floorIs('escalating');
    await visitor.send('Back to assistant', BACK_TO_BOT);
    await visitor.floorIs('bot');
    await crisp.noFaults();
    await visitor.send('Here again');
    await visitor.sees((one) => one.text === 'Bot: Here again', 'the bot');
    const open = (await crisp.list(of.websiteId)).filter(({ nickname, state }) => nickname === name && state !== 'resolved');
    check(open.length === 0, `${open.length} conversations stay open`);
  });

  await stage.step('he leaves the agent, too, and Crisp is resolved', async () => {
    const { visitor, inbox } = await cast.talking();
    await visitor.send('Back to assistant', BACK_TO_BOT);
    await visitor.floorIs('bot');
    await crisp.shows(inbox.session_id, ({ state }) => state === 'resolved', 'the end');
    check(
      notesOf(await crisp.transcript(inbox.session_id)).some((text) => /went back|left/i.test(text)),
      'the agent is not told',
    );
  });
}
