/** A code in words; one that is not known is told as it is. */
export function inWords(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code.replace(/[-._]/g, ' ');
}

export const CAUSES = {
  bot: 'The bot asked for a human',
  api: 'A program asked for a human through the API',
  agent: 'An agent wrote to the visitor unasked',
  visitor: 'The visitor asked for a human',
  fallbacks: 'The bot had no answer several times in a row',
  words: 'The visitor used a word that calls for a human',
  'asks-for-human': 'The visitor asked for a human',
  frustration: 'The visitor is upset',
  'kill-switch': 'The bot is switched off',
} as const;

export const DECLINED = {
  closed: 'The team is closed at this hour',
  'nobody-online': 'Crisp said that no agent is online',
  'nobody-for-category': 'No agent for this category is online',
  'crisp-unreachable': 'Crisp could not be reached',
  'took-too-long': 'Crisp took longer than 20 seconds',
  'channel-off': 'Handovers are switched off, or no Crisp is connected',
  quota: 'Crisp’s calls of the day are used up',
} as const;

export const TIMED_OUT = {
  'no-accept': 'Nobody opened it in the inbox in time',
  'no-first-answer': 'Nobody answered in time',
  silence: 'The agent did not answer any more',
} as const;

export const REJECTED = {
  'not-your-floor': 'A human has the conversation, or is being asked for: the bot lost the race',
  'stale-epoch': 'The conversation had moved on since the bot was asked',
  'unknown-turn': 'The bot answered something that it was never asked',
  'already-answered': 'This turn was answered before',
  muted: 'The bot is muted',
  promises: 'It promised that a human comes, and bots may not promise that here',
  budget: 'The bot asks or speaks in a circle, and the visitor has said nothing since',
  'unknown-conversation': 'There is no such conversation',
  'wrong-bot': 'The conversation belongs to another bot',
  'kill-switch': 'A kill switch silences the bot',
} as const;

export const MUTED = {
  'handover-requested': 'A human was asked for',
  'agent-took-over': 'An agent took over',
  'asked-by-bot': 'The bot asked for it',
  'answered-elsewhere': 'Somebody answered in the channel itself',
  'kill-switch': 'A kill switch silences it',
} as const;

export const UNMUTED = {
  resolved: 'The agent resolved the conversation',
  declined: 'Nobody could be promised',
  'timed-out': 'Nobody answered in time',
  cancelled: 'The visitor went back to the bot',
  'mute-expired': 'The mute is over',
  'asked-by-bot': 'The bot asked for it',
  'kill-switch': 'The kill switch is off again',
} as const;

export const IGNORED = {
  'late-availability': 'Crisp’s answer came when it did not matter any more',
  'late-first-message': 'The first message stood in Crisp when the handover was over',
  'late-failure': 'A step in Crisp failed when it did not matter any more',
  'late-refusal': 'Crisp refused a word of a handover that is over',
  'late-follow-up': 'The conversation for an answer by e-mail is not wanted any more',
  'session-not-asked-for': 'Crisp opened a session that nobody waited for',
  'session-of-an-old-handover': 'It belongs to a handover that is over',
  'older-state': 'Crisp told a state that is older than the one known',
  'state-of-another-session': 'It happened in another session of Crisp',
  'removal-of-another-session': 'Another session of Crisp was deleted',
  'removed-before-shown': 'The agent took it back before the visitor saw it',
  'older-edit': 'A newer wording is known',
  'edit-before-message': 'The edit came before its message, and waits for it',
  'removal-before-message': 'The removal came before its message, and waits for it',
  'command-taken-back': 'The command was taken back',
  'command-of-a-stranger': 'Whoever wrote the command does not work for the website',
  'commands-off': 'Commands by note are switched off',
  'old-command': 'The command was written too long ago',
  'older-segments': 'Newer segments are known',
  'note-without-handover': 'The bot had a note for agents, but no handover is open',
  'too-many-notes': 'The bot had more notes than agents are given',
  'user-data-left-out': 'The bot told more about the visitor than is kept',
  'failure-for-nobody': 'No agent waits for the line that did not arrive',
  'opened-again-later': 'It was opened again after the time in which that takes up the handover',
  'opened-by-his-word': 'Crisp opened it because of a word of the visitor that was on its way',
  'rating-of-nothing-asked': 'He was not asked how it was',
  'rating-of-an-unknown-session': 'The rated session is not known',
  'rated-already': 'It was rated before',
} as const;

export const AVAILABLE = {
  yes: 'Crisp says that somebody is online',
  'nobody-online': 'Crisp says that nobody is online',
  'nobody-for-category': 'Crisp says that nobody for this category is online',
  'crisp-unreachable': 'Crisp did not say in time who is online',
  quota: 'Crisp’s calls of the day are used up',
} as const;

export const TIMERS = {
  'escalation-deadline': 'Give up asking Crisp',
  'no-accept-warning': 'Warn the agents that nobody has opened it',
  'no-accept': 'Back to the bot if nobody opens it in the inbox',
  'no-first-answer-warning': 'Warn the agents that nobody has answered',
  'no-first-answer': 'Back to the bot if nobody answers',
  'silence-warning': 'Warn the agent that the visitor waits',
  silence: 'Back to the bot if his last words get no answer',
  'mute-expired': 'The bot may speak again',
  'keep-alive': 'Tell the visitor that he is not forgotten',
  promise: 'Look after a promise',
  'follow-up-address': 'Stop waiting for his e-mail address',
  'bot-silence': 'The talk with the bot counts as over',
  'gathered-turn': 'Give the bot what was gathered meanwhile',
} as const;

export const PROMISES = {
  look: 'that somebody is looked for',
  answer: 'that a human answers here',
  mail: 'that a human answers by e-mail',
  return: 'that the agent is back',
  bot: 'by the bot, that a human comes',
} as const;

export const WORK = {
  'ask-availability': 'Ask Crisp who is online',
  'open-session': 'Open the conversation in the Crisp inbox',
  'set-contact': 'Tell Crisp who the visitor is',
  'post-first-message': 'Write the first message into the inbox',
  'post-visitor-words': 'Bring the visitor’s words to the inbox',
  'post-note': 'Leave a private note for the agents',
  'post-briefing': 'Brief the agent',
  'open-follow-up': 'Open a conversation for an answer by e-mail',
  'drop-segment': 'Take a command’s segment off',
  'check-operator': 'Ask Crisp whether the writer works here',
  'set-state': 'Set the state in the inbox',
  say: 'Write the assistant’s answer into the inbox',
  note: 'Leave a note of the assistant for the agents',
  'mark-shown': 'Tell Crisp what the visitor has received',
} as const;

export const TROUBLE = {
  'effect.deadline': 'its time was over before it could be done',
  'effect.cancelled': 'it was not needed any more',
  'effect.failed': 'it failed for a reason of ours',
  'effect.in-doubt': 'nobody can say whether it happened',
  'effect.timeout': 'it took too long',
  'effect.target-sick': 'Crisp has been in trouble, and calls wait until it is well',
  'crisp.not-found': 'Crisp has no such conversation any more',
  'crisp.refused': 'Crisp refused it',
  'crisp.unauthorized': 'Crisp does not take our token',
  'crisp.forbidden': 'our token may not do that in Crisp',
  'crisp.unreachable': 'Crisp could not be reached',
  'crisp.timeout': 'Crisp did not answer in time',
  'crisp.server-error': 'Crisp had trouble of its own',
  'crisp.rate-limited': 'Crisp had too many calls',
  'crisp.quota': 'Crisp’s calls of the day are used up',
} as const;

export const FAILURES = {
  'window-closed': 'the visitor has not written for too long',
  blocked: 'the visitor cannot be reached any more',
  'token-dead': 'the channel has to be connected again',
  unsupported: 'the channel cannot show it',
  temporary: 'the channel did not take it for too long',
  rate: 'too much was sent at once',
  permanent: 'the channel refused it',
} as const;

export const SILENCES = {
  human: 'a human has the conversation',
  waiting: 'a human was promised and has not come yet',
  off: 'an agent switched the assistant off here',
  handover: 'the conversation belongs to a handover',
  removed: 'the conversation was deleted in Crisp',
  'too-late': 'the question was half an hour old',
  'too-many-answers': 'it has given as many answers in this conversation as it may in an hour',
  'quota-end': 'the answers of the plan are used up',
  'settings-stale': 'nobody could say what the settings are at that moment',
  disconnected: 'the bot is not connected to this website any more',
  overtaken: 'more was said meanwhile',
  superseded: 'more was said meanwhile',
  'unknown-bot': 'there is no such bot any more',
  silence: 'there was nothing to say',
  blocked: 'the visitor is blocked',
  'mode-off': 'the assistant is switched off',
  'nothing-asked': 'nothing was asked',
  'kill-switch': 'a kill switch silences it',
} as const;

export const COMMANDS = {
  'give-back': 'give the visitor back to the bot',
  hold: 'ask for time',
  why: 'tell why',
  help: 'list the commands',
  assistant: 'switch the assistant on or off',
} as const;
