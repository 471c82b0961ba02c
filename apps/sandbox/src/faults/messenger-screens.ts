import type { Floor, LogFrame } from '@baton/contracts';
import { MessengerControl } from '../journey/messenger-person.js';
import type { MessengerPerson } from '../journey/messenger-person.js';
import type { HookRecord } from '../messenger-simulator/hooks/hook-log.js';
import type { StoredMessage } from '../messenger-simulator/model.js';
import type { Somebody } from './talk.js';
import type { ToldByHook } from './watch-hooks.js';

/** What the page says tells who has the floor: there is no other sign in Messenger. The texts are those of the sandbox's settings. */
const SIGNS: readonly (readonly [RegExp, Floor])[] = [
  [/^One moment/, 'escalating'],
  [/^Our team has your conversation/, 'waiting'],
  [/^You are back with the assistant|^Sorry, nobody could answer|^Nobody from our team/, 'bot'],
];

/** Somebody who talks in Messenger while things break. His screen is looked at from time to time, see {@link MessengerScreens}. */
export class MessengerTalker implements Somebody {
  readonly complaints: string[] = [];
  log: LogFrame[] = [];
  floor: Floor = 'bot';
  messages: readonly StoredMessage[] = [];

  constructor(private readonly person: MessengerPerson) {}

  get psid(): string {
    return this.person.psid;
  }

  send(text: string): Promise<void> {
    return this.person.send(text);
  }

  leave(): void {}

  look(messages: readonly StoredMessage[]): void {
    this.messages = messages;
    this.log = shownOnce(messages).map((message, index) => ({
      t: 'message',
      seq: index + 1,
      id: message.mid,
      at: new Date(message.stored_at).toISOString(),
      author: { kind: message.from === 'person' ? 'visitor' : message.persona ? 'agent' : 'bot' },
      body: { type: 'text', text: message.text ?? '(no text)' },
    }));
    for (const { from, text, persona } of messages) {
      if (from !== 'page') continue;
      const sign = SIGNS.find(([words]) => words.test(text ?? ''));
      if (sign) this.floor = sign[1];
      else if (persona) this.floor = 'agent';
    }
  }
}

/** Messages but for those that stand there again under the same mark of ours; these are counted apart, see {@link MessengerScreens.sentAgain}. */
function shownOnce(messages: readonly StoredMessage[]): StoredMessage[] {
  return messages.filter(
    ({ metadata }, index) => metadata === undefined || messages.findIndex((other) => other.metadata === metadata) === index,
  );
}

/** The screens of everybody who talks in Messenger. */
export class MessengerScreens {
  readonly control: MessengerControl;
  private readonly talkers = new Map<string, MessengerTalker>();

  constructor(url: string) {
    this.control = new MessengerControl(url);
  }

  async enter(pageId: string, name: string): Promise<MessengerTalker> {
    const talker = new MessengerTalker(await this.control.person(pageId, name));
    this.talkers.set(talker.psid, talker);
    return talker;
  }

  async look(): Promise<void> {
    if (this.talkers.size === 0) return;
    for (const { psid, messages } of await this.control.transcripts()) this.talkers.get(psid)?.look(messages);
  }

  /** Of the newest web hooks about what somebody wrote: the texts in each. */
  async toldByHooks(): Promise<ToldByHook[]> {
    const hooks = await this.control.newestHooks('message');
    return hooks.flatMap((hook) => textsIn(hook.body).map((text) => ({ text, hook })));
  }

  /**
   * Messages that stand there again under one mark of ours. `inDoubt`: the echo of the first had not come when it was sent again, so nobody could
   * know that it had arrived; `twice`: it had come.
   */
  async sentAgain({ psid, messages }: MessengerTalker): Promise<{ inDoubt: string[]; twice: string[] }> {
    const found = { inDoubt: [] as string[], twice: [] as string[] };
    const first = new Map<string, StoredMessage>();
    for (const message of messages) {
      if (message.metadata === undefined) continue;
      const earlier = first.get(message.metadata);
      if (!earlier) {
        first.set(message.metadata, message);
        continue;
      }
      const echoes = (await this.control.hooks(psid, 'echo')).filter((hook) => hook.elements.some(({ mid }) => mid === earlier.mid));
      const wasUnknown = echoes.length > 0 && !echoes.some((echo) => cameBefore(echo, message.stored_at));
      (wasUnknown ? found.inDoubt : found.twice).push(message.text ?? message.mid);
    }
    return found;
  }
}

function cameBefore({ fate, attempts }: HookRecord, time: number): boolean {
  return fate === 'delivered' && attempts.some(({ at, status }) => status === 200 && at < time);
}

function textsIn(body: string): string[] {
  const { entry } = JSON.parse(body) as { entry: { messaging?: { message?: { text?: string } }[] }[] };
  return entry.flatMap(({ messaging = [] }) => messaging.flatMap(({ message }) => message?.text ?? []));
}
