import { MessengerControl } from '../messenger-person.js';
import type { Stage } from '../stage.js';
import { hints } from './hints.js';
import { names } from './names.js';
import { roadThere } from './road.js';
import { troubles } from './troubles.js';

/** The road from the bot to a human and back in Messenger, and what only Messenger does to it. */
export async function messengerJourney(stage: Stage): Promise<void> {
  const messenger = new MessengerControl(stage.place.messenger);
  await messenger.noFaults();
  await roadThere(stage, messenger);
  await names(stage, messenger);
  await hints(stage, messenger);
  await troubles(stage, messenger);
}
