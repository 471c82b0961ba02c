import type { ConversationEntry, Standing } from '@baton/control-api';

/** Who the conversation is with: in words, and its colour everywhere. */
export const STANDING_WORDS: Readonly<Record<Standing, { readonly label: string; readonly color: string }>> = {
  bot: { label: 'Bot', color: 'indigo' },
  escalating: { label: 'Asking for a human', color: 'yellow' },
  waiting: { label: 'Waiting', color: 'orange' },
  agent: { label: 'Agent', color: 'teal' },
  off: { label: 'Assistant off', color: 'gray' },
  gone: { label: 'Deleted in Crisp', color: 'gray' },
};

export const CHANNEL_WORDS: Readonly<Record<ConversationEntry['channel'], string>> = {
  webchat: 'Web chat',
  messenger: 'Messenger',
  crisp: 'Crisp inbox',
};

/** How a visitor is called where his name may not be known. */
export function visitorName({
  visitor,
  id,
}: {
  readonly visitor: { readonly name: string | null; readonly email: string | null };
  readonly id: string;
}): string {
  return visitor.name ?? visitor.email ?? `Visitor ${id.replace(/^session_/, '').slice(0, 6)}`;
}
