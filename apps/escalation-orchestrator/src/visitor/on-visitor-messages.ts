import { Controller } from '@nestjs/common';
import { UuidSchema, visitorMessages } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents, placeOf } from '@baton/messaging';
import type { ParkedRecord } from '@baton/messaging';
import { TellGap } from '../desk/tell-gap.js';
import type { Case } from '../judge/case.js';
import { Judge } from '../judge/judge.js';
import { PassOnTyping, typingIn } from '../signs/pass-on-typing.js';
import { BotsToCome } from './bots-to-come.js';

@Controller()
export class OnVisitorMessages {
  constructor(
    private readonly judge: Judge,
    private readonly bots: BotsToCome,
    private readonly gap: TellGap,
    private readonly typing: PassOnTyping,
  ) {}

  @OnEvents(visitorMessages, { onParked: 'tellGap' })
  async handle(events: readonly ReceivedEvent<typeof visitorMessages>[]): Promise<void> {
    await this.bots.wait(events.map((event) => event.data.botId));
    await this.judge.judge(
      events.filter((event) => event.type !== 'visitor.typing').map((event) => ({ ...caseOf(event), from: placeOf(event) })),
    );
    await this.typing.pass(typingIn(events));
  }

  /** Something of the visitor could not be understood and was put aside: the agents are told that something is missing. */
  async tellGap(parked: ParkedRecord): Promise<void> {
    if (UuidSchema.safeParse(parked.key).success) await this.gap.tellDesk(parked.key, parked.id ?? parked.key);
  }
}

/** What the visitor wrote, who he is, or where; the first that is heard of him begins the conversation. */
export function caseOf({ id, type, data, traceparent }: Exclude<ReceivedEvent<typeof visitorMessages>, { type: 'visitor.typing' }>): Case {
  const { conversationId, botId, channel, address } = data;
  const of = { conversationId, begins: { botId, channel, address }, inboxId: id, traceparent };
  if (type === 'visitor.presence')
    return { ...of, matter: { about: 'fact', fact: { id, kind: 'visitor-presence', present: data.present } } };
  if (type === 'visitor.profile') {
    const { name, locale } = data;
    return { ...of, matter: { about: 'fact', fact: { id, kind: 'visitor-known', name, locale: locale ?? null } } };
  }
  if (type === 'visitor.answered-elsewhere') {
    const { messageId, at, body, by } = data;
    return { ...of, matter: { about: 'fact', fact: { id, kind: 'answered-elsewhere', messageId, at: Date.parse(at), body, by } } };
  }
  const { messageId, at, body, locale, replyTo, cameBy } = data;
  const fact = { id, kind: 'visitor-wrote' as const, messageId, at: Date.parse(at), body, locale: locale ?? null, replyTo, cameBy };
  return { ...of, matter: { about: 'fact', fact } };
}
