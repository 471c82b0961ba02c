import { check } from '../stage.js';
import { notesOf } from '../crisp-control.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

/** The three timers, with a restart in the middle of each. */
export async function timers(cast: Cast): Promise<void> {
  const { stage, clock, levers, of } = cast;
  const { crisp } = stage;

  await stage.step('nobody takes it: a word meanwhile, a note before the end, and the bot again, over a restart', async () => {
    const { visitor, inbox } = await cast.waiting();
    await clock.pass(5 * MINUTE);
    await levers.kill('orchestrator');
    await levers.kill('orchestrator-2');
    await clock.pass(3 * MINUTE);
    await cast.note(inbox.session_id, /given back to the bot/, 'the warning');
    await clock.pass(3 * MINUTE);
    await visitor.floorIs('bot');
    await visitor.sees((one) => /nobody could answer in time/.test(one.text), 'an apology');
    const system = visitor
      .messages()
      .filter(({ author }) => author.kind === 'system')
      .map(({ text }) => text);
    check(new Set(system).size === system.length, `a line was said twice: ${system.join(' / ')}`);
    await cast.bot.hears(visitor.conversationId, ({ reason }) => reason === 'timed-out', 'the bot being told');
  });

  await stage.step('somebody opens it and says nothing: the second timer gives him back, over a restart', async () => {
    const { visitor, inbox } = await cast.waiting();
    await crisp.call('POST', `/conversations/${inbox.session_id}/open`);
    // What stands behind it in the lane of the session is answered after it.
    await crisp.note(inbox.session_id, '!why');
    await cast.note(inbox.session_id, /Nobody has answered yet/, 'the answer to !why');
    await clock.pass(11 * MINUTE);
    await levers.kill('orchestrator');
    check(visitor.floor === 'waiting', `the floor is ${visitor.floor} after 11 minutes`);
    await clock.pass(10 * MINUTE);
    await visitor.floorIs('bot');
    await cast.bot.hears(visitor.conversationId, ({ reason }) => reason === 'timed-out', 'the bot being told');
  });

  await stage.step('the agent falls silent: the third timer warns him and gives the visitor back, over a restart', async () => {
    const { visitor, inbox } = await cast.talking();
    await visitor.send('And how long does it take?');
    await crisp.shows(
      inbox.session_id,
      ({ messages }) => messages.some(({ content }) => content === 'And how long does it take?'),
      'the question',
    );
    await clock.pass(26 * MINUTE);
    await cast.note(inbox.session_id, /no answer yet/, 'the warning');
    await levers.kill('orchestrator-2');
    await clock.pass(5 * MINUTE);
    await visitor.floorIs('bot');
    await cast.bot.hears(visitor.conversationId, ({ reason }) => reason === 'timed-out', 'the bot being told');
    check(
      notesOf(await crisp.transcript(inbox.session_id)).some((text) => /given back to the bot/.test(text)),
      'the agent is not told',
    );
    await clock.forward(MINUTE);
    await crisp.write(inbox.session_id, 'Sorry, I was away', of.agent);
    await visitor.sees((one) => one.text === 'Sorry, I was away', 'the agent, who comes back');
    await visitor.floorIs('agent');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });
}
