import { eventually } from '@baton/testing';
import { check } from '../stage.js';
import type { Cast } from './cast.js';

/** Who writes and who has read, both ways. */
export async function signs(cast: Cast): Promise<void> {
  const { stage, of } = cast;
  const { crisp } = stage;

  await stage.step('the visitor sees that the agent writes, and that he has read; the agent sees that the visitor writes', async () => {
    const { visitor, inbox } = await cast.talking();
    await crisp.call('POST', `/conversations/${inbox.session_id}/typing`, { type: 'start', operator_id: of.agent });
    await eventually(() => visitor.typing !== undefined, { within: 10_000, what: 'the sign that the agent writes' });
    check(/Ines/.test(visitor.typing ?? ''), `it is ${visitor.typing} who writes`);
    await visitor.send('Read me');
    await crisp.shows(inbox.session_id, ({ messages }) => messages.some(({ content }) => content === 'Read me'), 'his word');
    await crisp.call('POST', `/conversations/${inbox.session_id}/read`, { from: 'user' });
    const mine = visitor.messages().find(({ text }) => text === 'Read me')!;
    await eventually(() => visitor.readByTeam === mine.id, { within: 10_000, what: 'that the agent has read it' });
    visitor.writes(true);
    await eventually(async () => (await crisp.hooks(inbox.session_id, 'message:compose:send')).length > 0, {
      within: 10_000,
      what: 'the agent seeing that the visitor writes',
    });
    await crisp.resolve(inbox.session_id);
    await visitor.floorIs('bot');
  });
}
