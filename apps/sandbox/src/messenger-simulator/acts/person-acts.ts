import type { Attachment, HookKind, Person, StoredMessage } from '../model.js';
import type { World } from '../world.js';

/** What the person does in Messenger; each act tells its hook. */

export interface Said {
  text?: string | undefined;
  attachments?: readonly Attachment[] | undefined;
  /** The payload of a tapped quick reply. */
  payload?: string | undefined;
  /** `mid` of the message it answers. */
  reply_to?: string | undefined;
  /** Further fields of `message`, as they are: `referral`, `commands`. */
  more?: Record<string, unknown> | undefined;
}

export function say(world: World, person: Person, said: Said): StoredMessage {
  const message = keep(world, person, {
    kind: 'message',
    ...(said.text === undefined ? {} : { text: said.text }),
    ...(said.attachments ? { attachments: said.attachments } : {}),
    ...(said.payload === undefined ? {} : { payload: said.payload }),
    ...(said.reply_to ? { reply_to: said.reply_to } : {}),
  });
  const answered = said.reply_to ? person.messages.find(({ mid }) => mid === said.reply_to) : undefined;
  tell(world, person, 'message', message.at, message.mid, {
    message: {
      mid: message.mid,
      ...(said.text === undefined ? {} : { text: said.text }),
      ...(said.payload === undefined ? {} : { quick_reply: { payload: said.payload } }),
      ...(said.reply_to ? { reply_to: { mid: said.reply_to, is_self_reply: answered?.from === 'person' } } : {}),
      ...(said.attachments
        ? { attachments: said.attachments.map(({ type, payload }) => ({ type, ...(payload ? { payload } : {}) })) }
        : {}),
      ...said.more,
    },
  });
  return message;
}

/** A button, the menu or Get Started; not a quick reply, which comes as a message. */
export function postback(world: World, person: Person, title: string, payload: string): StoredMessage {
  const message = keep(world, person, { kind: 'postback', text: title, payload });
  // Who has not the thread is not told what was behind the button.
  const secret = isStandby(world, person) ? {} : { payload };
  tell(world, person, 'postback', message.at, message.mid, { postback: { mid: message.mid, title, ...secret } });
  return message;
}

export function edit(world: World, person: Person, message: StoredMessage, text: string): void {
  message.text = text;
  message.num_edit = (message.num_edit ?? 0) + 1;
  tell(world, person, 'edit', actTime(world, person), message.mid, {
    message_edit: { mid: message.mid, text, num_edit: message.num_edit },
  });
}

const EMOJI_NAMES: Record<string, string> = {
  '❤': 'love',
  '😆': 'smile',
  '😮': 'wow',
  '😢': 'sad',
  '😠': 'angry',
  '👍': 'like',
  '👎': 'dislike',
};

/** Reacts to a message, or takes the reaction back when there is no emoji. */
export function react(world: World, person: Person, message: StoredMessage, emoji: string | null): void {
  const at = open(world, person);
  if (emoji === null) delete message.reaction;
  else message.reaction = { emoji, reaction: EMOJI_NAMES[emoji.replace('\uFE0F', '')] ?? 'other' };
  tell(world, person, 'reaction', at, message.mid, {
    reaction: { ...message.reaction, action: emoji === null ? 'unreact' : 'react', mid: message.mid },
  });
}

/** He looks at the conversation: everything that reached him is read. */
export function read(world: World, person: Person): void {
  const unread = person.messages.filter((message) => message.from === 'page' && message.delivered_at && !message.seen_at);
  if (unread.length === 0) return;
  for (const message of unread) message.seen_at = world.now();
  const watermark = Math.max(...unread.map((message) => message.at));
  tell(world, person, 'read', world.now(), undefined, { read: { watermark } });
}

/** His device got what was sent: all of it, or nothing while it has no line. */
export function receive(world: World, person: Person): void {
  if (!person.online) return;
  const arrived = person.messages.filter((message) => message.from === 'page' && !message.delivered_at);
  if (arrived.length === 0) return;
  for (const message of arrived) message.delivered_at = world.now();
  const watermark = Math.max(...arrived.map((message) => message.at));
  tell(world, person, 'delivery', world.now(), undefined, { delivery: { mids: arrived.map(({ mid }) => mid), watermark } });
  if (person.reads_at_once) read(world, person);
}

/** He came by a link into the thread that exists. */
export function refer(world: World, person: Person, ref: string): void {
  tell(world, person, 'referral', open(world, person), undefined, { referral: { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' } });
}

export function optIn(world: World, person: Person, optin: Record<string, unknown>): void {
  tell(world, person, 'optin', open(world, person), undefined, { optin });
}

/** Time passes for the page: the window is so much nearer to its end. */
export function letTimePass(world: World, person: Person, ms: number): void {
  if (person.last_action_at !== undefined) person.last_action_at -= ms;
  person.gaps.push({ at: world.now(), ms });
  world.change({ what: 'clock', page_id: person.page_id, psid: person.psid });
}

function keep(
  world: World,
  person: Person,
  what: Pick<StoredMessage, 'kind'> & Partial<Pick<StoredMessage, 'text' | 'attachments' | 'payload' | 'reply_to'>>,
): StoredMessage {
  const at = open(world, person);
  const message: StoredMessage = { mid: world.newMid(), from: 'person', at, stored_at: world.now(), ...what };
  person.messages.push(message);
  return message;
}

function actTime(world: World, person: Person): number {
  return world.now() - person.acts_age_ms;
}

/** The window begins anew. */
function open(world: World, person: Person): number {
  const at = actTime(world, person);
  person.last_action_at = Math.max(at, person.last_action_at ?? at);
  return at;
}

export function isStandby(world: World, person: Person): boolean {
  return person.owner !== null && person.owner !== world.appOf(person.page_id)?.app_id;
}

/** From the person to the page. */
function tell(world: World, person: Person, kind: HookKind, at: number, mid: string | undefined, what: Record<string, unknown>): void {
  world.tell({
    kind,
    page_id: person.page_id,
    psid: person.psid,
    ...(mid ? { mid } : {}),
    standby: isStandby(world, person),
    body: { sender: { id: person.psid }, recipient: { id: person.page_id }, timestamp: at, ...what },
  });
}
