import type { SessionState } from '../session.js';
import type { InboxPolicy } from '../session-rules.js';
import type { Command } from './command.js';

const HELP = '`!ai on` lets the assistant answer here, `!ai off` silences it, `!why` tells how its last answer came to be.';

/** A handover's session is not the assistant's: who opened it answers there. */
export type AnswerableState = Exclude<SessionState, 'handover'>;

const STATES: Readonly<Record<AnswerableState, string>> = {
  open: 'The assistant answers the visitor here.',
  waiting:
    'The assistant is silent: the visitor was promised a human. It speaks again once this conversation is resolved, or after `!ai on`.',
  human: 'The assistant is silent while a human speaks. It speaks again once this conversation is resolved, or after `!ai on`.',
  off: 'The assistant is off in this conversation until `!ai on`.',
  removed: 'This conversation was removed.',
};

const MODES: Readonly<Record<Exclude<InboxPolicy['mode'], 'reply'>, string>> = {
  off: ' The assistant is switched off for this inbox.',
  shadow: ' What it would say is only recorded here (shadow mode).',
  note: ' It suggests its answers in private notes (note mode).',
};

/** What an agent is told after a command that is none of `!why`. */
export function replyToCommand(command: Exclude<Command, 'why'>, state: AnswerableState, mode: InboxPolicy['mode']): string {
  const told = STATES[state] + (mode === 'reply' ? '' : MODES[mode]);
  return command === 'help' ? `${told}\n${HELP}` : told;
}
