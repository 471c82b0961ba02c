import { PAGE_INBOX_APP, type Attachment, type Person, type Persona, type QuickReply, type StoredMessage, TYPING_MS } from '../model.js';
import type { World } from '../world.js';
import { isStandby, receive } from './person-acts.js';

/** What the page does: our app by the Send API, or somebody in the page's own inbox. */

export interface Sent {
  readonly app_id: string;
  readonly text?: string;
  readonly attachments?: readonly Attachment[];
  readonly quick_replies?: readonly QuickReply[];
  readonly metadata?: string;
  readonly messaging_type?: string;
  readonly tag?: string;
  readonly notification_type?: string;
  readonly persona?: Persona;
  readonly reply_to?: string;
}

/** Takes a message of the page: kept, echoed, then delivered. */
export function send(world: World, person: Person, sent: Sent): StoredMessage {
  const { persona, ...fields } = sent;
  const now = world.now();
  const message: StoredMessage = {
    mid: world.newMid(),
    from: 'page',
    kind: 'message',
    at: now,
    stored_at: now,
    ...fields,
    ...(persona ? { persona_id: persona.id, persona } : {}),
  };
  person.messages.push(message);
  delete person.typing;
  world.tell({
    kind: 'echo',
    page_id: person.page_id,
    psid: person.psid,
    mid: message.mid,
    standby: isStandby(world, person),
    body: {
      sender: { id: person.page_id },
      recipient: { id: person.psid },
      timestamp: message.at,
      message: {
        mid: message.mid,
        is_echo: true,
        // Samples of the documentation show a number here, and text elsewhere.
        app_id: Number(sent.app_id),
        ...(sent.metadata === undefined ? {} : { metadata: sent.metadata }),
        ...(sent.text === undefined ? {} : { text: sent.text }),
        ...(sent.attachments
          ? { attachments: sent.attachments.map(({ type, payload }) => ({ type, ...(payload ? { payload } : {}) })) }
          : {}),
      },
    },
  });
  receive(world, person);
  return message;
}

/** Somebody answers in the page's own inbox, past our app; with `takesThread` he also has the thread then. */
export function answerFromPageInbox(
  world: World,
  person: Person,
  said: { text?: string; attachments?: Attachment[] },
  takesThread: boolean,
): StoredMessage {
  const message = send(world, person, { app_id: PAGE_INBOX_APP, ...said });
  if (takesThread) moveThread(world, person, PAGE_INBOX_APP, 'pass');
  return message;
}

export function type(world: World, person: Person, isTyping: boolean, persona?: Persona): void {
  if (isTyping) person.typing = { until: world.now() + TYPING_MS, ...(persona ? { persona } : {}) };
  else delete person.typing;
  world.change({ what: 'typing', page_id: person.page_id, psid: person.psid });
}

export function markSeen(world: World, person: Person): void {
  person.page_saw_at = world.now();
  world.change({ what: 'seen', page_id: person.page_id, psid: person.psid });
}

/** Gives the thread to another app, or to none, and tells it. */
export function moveThread(world: World, person: Person, owner: string | null, verb: 'pass' | 'take', metadata = ''): void {
  const previous = person.owner;
  person.owner = owner;
  world.tell({
    kind: 'thread',
    page_id: person.page_id,
    psid: person.psid,
    standby: false,
    body: {
      sender: { id: person.psid },
      recipient: { id: person.page_id },
      timestamp: world.now(),
      [`${verb}_thread_control`]: { previous_owner_app_id: previous, new_owner_app_id: owner, metadata },
    },
  });
}
