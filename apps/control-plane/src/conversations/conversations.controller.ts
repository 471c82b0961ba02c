import { Controller } from '@nestjs/common';
import { getConversation, getHistoryLink, getTimeline, listConversations } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { Conversations } from './conversations.js';

/** Conversations, and why they went as they did. */
@Controller()
export class ConversationsController {
  constructor(private readonly conversations: Conversations) {}

  @Serves(listConversations)
  list(@Call() call: CallOf<typeof listConversations>) {
    return this.conversations.list(call);
  }

  @Serves(getConversation)
  one(@Call() call: CallOf<typeof getConversation>) {
    return this.conversations.one(call);
  }

  @Serves(getTimeline)
  timeline(@Call() call: CallOf<typeof getTimeline>) {
    return this.conversations.timeline(call);
  }

  @Serves(getHistoryLink)
  historyLink(@Call() call: CallOf<typeof getHistoryLink>) {
    return this.conversations.historyLink(call);
  }
}
