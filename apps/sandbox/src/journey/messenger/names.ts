import { DEMO_WEBSITE, MIA } from '../../platform/sandbox-crisp.js';
import { DEMO_PAGE } from '../../platform/sandbox-messenger.js';
import type { MessengerControl, MessengerPerson } from '../messenger-person.js';
import type { Stage } from '../stage.js';
import { WAITING } from './cast.js';

/** What the inbox calls him, and what when Messenger does not say. */
export async function names(stage: Stage, messenger: MessengerControl): Promise<void> {
  /** Somebody who asks for a human and says nothing else. */
  async function terse(name: string, profile: 'full' | 'empty' | 'refused'): Promise<MessengerPerson> {
    const person = await messenger.person(DEMO_PAGE, name);
    await person.change({ profile });
    await person.send('I want to talk to a human');
    await person.sees(({ text }) => WAITING.test(text ?? ''), 'that the team has his conversation');
    return person;
  }

  await stage.step('Messenger: who does not tell his name has it in the inbox all the same', async () => {
    const name = stage.aName();
    const began = Date.now() - 1_000;
    const person = await terse(name, 'full');
    const inbox = await stage.inbox(DEMO_WEBSITE, name, began);
    await stage.crisp.write(inbox.session_id, `Hello ${name}, Mia here`, MIA);
    await person.reads(`Hello ${name}, Mia here`);
  });

  await stage.step('Messenger: whom Messenger does not name waits for an agent no longer than others', async () => {
    for (const profile of ['empty', 'refused'] as const) await terse(stage.aName(), profile);
  });
}
