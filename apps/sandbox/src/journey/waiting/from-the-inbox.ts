import { check } from '../stage.js';
import { notesOf } from '../crisp-control.js';
import type { Cast } from './cast.js';
import { MINUTE } from './waiting-bots.js';

/** What agents are told at the beginning, and what they tell us by notes and segments. */
export async function fromTheInbox(cast: Cast): Promise<void> {
  const { stage, clock, of } = cast;
  const { crisp } = stage;

  await stage.step('one private note tells the agent why, what was tried, in which language and since when', async () => {
    const { visitor, inbox } = await cast.waiting({ locale: 'de' });
    const note = await cast.note(inbox.session_id, /Hello/, 'the briefing');
    check(/he asked for it/.test(note), `it says "${note}"`);
    check(/German|de\b/i.test(note), `no language in "${note}"`);
    check(!visitor.messages().some(({ text }) => text === note), 'the visitor sees it');
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('!help, !why and what is no command are answered by a note, never to the visitor', async () => {
    const { visitor, inbox } = await cast.talking();
    for (const [command, answer] of [
      ['!help', /!hold/],
      ['!why', /he asked for it|asked/],
      ['!bto', /!help|!bot/],
    ] as const) {
      const before = notesOf(await crisp.transcript(inbox.session_id)).length;
      await crisp.note(inbox.session_id, command);
      await cast.note(inbox.session_id, answer, `the answer to ${command}`, before + 1);
    }
    check(!visitor.messages().some(({ text }) => text.startsWith('!') || /!help/.test(text)), 'the visitor sees it');
    check(visitor.floor === 'agent', `the floor is ${visitor.floor}`);
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });

  await stage.step('!hold 40m keeps the visitor where he is, and he is told', async () => {
    const { visitor, inbox } = await cast.talking();
    await visitor.send('Please look it up');
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'Please look it up'), 'his word');
    await crisp.note(inbox.session_id, '!hold 40m');
    await visitor.sees((one) => /40 min/.test(one.text), 'how long');
    await clock.pass(35 * MINUTE);
    await visitor.send('Still there');
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'Still there'), 'his word');
    check(visitor.floor === 'agent', `the floor is ${visitor.floor} after 35 minutes`);
    await crisp.write(inbox.session_id, 'Found it', of.agent);
    await visitor.sees((one) => one.text === 'Found it', 'the agent');
    await crisp.note(inbox.session_id, '!bot');
    await visitor.floorIs('bot');
    await crisp.shows(inbox.session_id, ({ state }) => state === 'resolved', 'the end in Crisp');
  });

  await stage.step('a segment does what the command does, once, and is taken off again', async () => {
    const { visitor, inbox } = await cast.talking();
    await crisp.call('POST', `/conversations/${inbox.session_id}/segments`, { segments: [...inbox.segments, 'baton-bot'] });
    await visitor.floorIs('bot');
    await crisp.shows(inbox.session_id, ({ segments }) => !segments.includes('baton-bot'), 'the segment being gone');
  });
}
