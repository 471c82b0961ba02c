import { DEMO_WEBSITE, MIA } from '../../platform/sandbox-crisp.js';
import { DEMO_PAGE } from '../../platform/sandbox-messenger.js';
import type { CrispTranscript } from '../crisp-control.js';
import type { MessengerControl, MessengerPerson } from '../messenger-person.js';
import type { Stage } from '../stage.js';

/** In the voice of the demo bot's settings. */
export const WAITING = /Our team has your conversation/;
export const BACK = /You are back with the assistant/;

export interface Talk {
  readonly person: MessengerPerson;
  readonly inbox: CrispTranscript;
}

/** A person who waits for an agent, and his conversation in the inbox. */
export async function waiting(stage: Stage, messenger: MessengerControl): Promise<Talk> {
  const name = stage.aName();
  const began = Date.now() - 1_000;
  const person = await messenger.person(DEMO_PAGE, name);
  await person.send(`My name is ${name}`);
  await person.sees(({ text }) => /automated/.test(text ?? ''), 'the bot');
  await person.send('I want to talk to a human');
  await person.sees(({ text }) => WAITING.test(text ?? ''), 'that the team has his conversation');
  return { person, inbox: await stage.inbox(DEMO_WEBSITE, name, began) };
}

/** The same, when the agent has written his first words. */
export async function connected(stage: Stage, messenger: MessengerControl): Promise<Talk> {
  const talk = await waiting(stage, messenger);
  await stage.crisp.write(talk.inbox.session_id, 'Hello, Mia here', MIA);
  await talk.person.reads('Hello, Mia here');
  return talk;
}

/** Somebody whose every word was written so long ago and comes only now: his conversation in the inbox. */
export async function longAgo(stage: Stage, messenger: MessengerControl, ageMs: number): Promise<Talk> {
  const name = stage.aName();
  const began = Date.now() - 1_000;
  const person = await messenger.person(DEMO_PAGE, name);
  await person.change({ acts_age_ms: ageMs });
  await person.send(`My name is ${name}`);
  await person.send('I want to talk to a human');
  return { person, inbox: await stage.inbox(DEMO_WEBSITE, name, began) };
}
