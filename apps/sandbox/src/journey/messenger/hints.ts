import { DEMO_PAGE } from '../../platform/sandbox-messenger.js';
import { DEMO_WEBSITE, MIA } from '../../platform/sandbox-crisp.js';
import type { MessengerControl } from '../messenger-person.js';
import { check, type Stage } from '../stage.js';

/** What Messenger tells with a person's words: the link by which he came, and the message that he answers. */
export async function hints(stage: Stage, messenger: MessengerControl): Promise<void> {
  await stage.step('Messenger: the agent sees by which link he came, and which message he answers', async () => {
    const { crisp } = stage;
    const name = stage.aName();
    const began = Date.now() - 1_000;
    const person = await messenger.person(DEMO_PAGE, name);
    await person.act('refer', { ref: 'spring-sale' });
    await person.send(`My name is ${name}, I want to talk to a human`);
    const { session_id: session, meta } = await stage.inbox(DEMO_WEBSITE, name, began);
    check(meta.data['came_by'] === 'spring-sale', `the data are ${JSON.stringify(meta.data)}`);
    await crisp.write(session, 'Is it the red one?', MIA);
    await crisp.write(session, 'Or the blue one?', MIA);
    const { mid } = await person.reads('Is it the red one?');
    await person.reads('Or the blue one?');
    await person.act('say', { text: 'Yes', reply_to: mid });
    await crisp.shows(
      session,
      ({ messages }) => messages.some(({ content }) => content === '↪ “Is it the red one?”\nYes'),
      'what he answers',
    );
  });
}
