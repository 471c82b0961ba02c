import type { Handover, Timer, TimerKind } from '../conversation.js';
import { PROMISED } from '../promises/reminders.js';
import type { Ruling } from '../ruling.js';
import { inWords } from '../waiting/in-words.js';
import { agentsTime } from './agents-time.js';
import { causeInWords, causeOf } from '../cause-in-words.js';

/** What each timer does, as agents read it; those of no concern to them are left out. */
const NEXT: Readonly<Partial<Record<TimerKind, string>>> = {
  'no-accept': 'He is given back to the bot if nobody takes this conversation',
  'no-first-answer': 'He is given back to the bot if nobody answers',
  silence: 'He is given back to the bot if his last words get no answer',
  'keep-alive': 'He is told that he is not forgotten',
};

/** Why there is this handover, what was checked before, and what happens next and when; or that there is none (any more). */
export function whyText(ruling: Ruling, sessionId: string): string {
  const { handover, lastHandover, followUp } = ruling.state;
  const at = (time: number) => agentsTime(ruling, time);
  if (handover?.sessionId === sessionId) return lines(ruling, handover, at).join('\n');
  if (followUp?.sessionId === sessionId) {
    const until = followUp.answerUntil === null ? '' : ` until ${at(followUp.answerUntil)}`;
    return `Nobody was there when the visitor asked: he was told that someone answers him by e-mail${until}. What you write here reaches him.`;
  }
  if (lastHandover?.sessionId !== sessionId) return 'The handover of this conversation is long over.';
  return `The handover of this conversation ended ${at(lastHandover.endedAt)}. ${handover ? 'The visitor is in a newer conversation of this inbox.' : 'The visitor is with the bot; write to him here to take over.'}`;
}

function lines(ruling: Ruling, handover: Handover, at: (time: number) => string): string[] {
  const { state, now } = ruling;
  const { category, reason, requestedAt, heldUntil } = handover;
  const isHeld = heldUntil !== undefined && heldUntil > now;
  return [
    `${causeInWords(causeOf(handover))}: ${at(requestedAt)}, ${inWords(now - requestedAt)} ago.`,
    ...(handover.reopens === undefined ? [] : ['It takes up the handover before it.']),
    ...(category === null ? [] : [`Category: ${category}.`]),
    ...(reason === null ? [] : [`Reason given: ${reason}`]),
    checked(ruling, handover),
    ...(handover.agent ? [`${handover.agent.name} has answered.`] : ['Nobody has answered yet.']),
    ...(isHeld ? [`On hold until ${at(heldUntil)}.`] : []),
    ...next(state.timers, at),
    ...state.promises.map(({ kind, dueAt }) => `${PROMISED[kind]}, until ${at(dueAt)}.`),
  ];
}

function checked({ policy }: Ruling, { requestedBy, category, reopens }: Handover): string {
  if (requestedBy === 'agent') return 'Nothing was checked: an agent began it.';
  if (reopens !== undefined) return 'Nothing was checked anew: it was here before.';
  const hours = policy.handover.hours ? 'your opening hours allowed it, and ' : '';
  const whom = category !== null && namesOperators(policy.handover.categories, category) ? `somebody for ${category}` : 'somebody';
  return `Before he was promised anybody, ${hours}Crisp said that ${whom} is online.`;
}

function namesOperators(categories: Ruling['policy']['handover']['categories'], category: string): boolean {
  return Object.entries(categories).some(([name, to]) => name.toLowerCase() === category.toLowerCase() && to.operatorIds !== undefined);
}

function next(timers: readonly Timer[], at: (time: number) => string): string[] {
  const told = [...timers]
    .sort((a, b) => a.dueAt - b.dueAt)
    .flatMap(({ kind, dueAt }) => (NEXT[kind] ? [`${NEXT[kind]}: ${at(dueAt)}.`] : []));
  return told.length > 0 ? told : ['Nothing happens by itself.'];
}
