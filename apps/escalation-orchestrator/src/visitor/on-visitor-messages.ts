import { Controller } from '@nestjs/common';
import { visitorMessages } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents } from '@baton/messaging';
import type { Case } from '../judge/case.js';
import { Judge } from '../judge/judge.js';

@Controller()
export class OnVisitorMessages {
  constructor(private readonly judge: Judge) {}

  @OnEvents(visitorMessages)
  async handle(events: readonly ReceivedEvent<typeof visitorMessages>[]): Promise<void> {
    await this.judge.judge(events.map(caseOf));
  }
}

/** What the visitor wrote, or where he is; his first word begins the conversation. */
export function caseOf({ id, type, data, traceparent }: ReceivedEvent<typeof visitorMessages>): Case {
  const { conversationId, botId, channel, address } = data;
  const of = { conversationId, begins: { botId, channel, address }, inboxId: id, traceparent };
  if (type === 'visitor.presence') return { ...of, matter: { about: 'fact', fact: { id, kind: 'visitor-presence', present: data.present } } };
  const { messageId, at, body, locale } = data;
  const fact = { id, kind: 'visitor-wrote' as const, messageId, at: Date.parse(at), body, locale: locale ?? null };
  return { ...of, matter: { about: 'fact', fact } };
}
