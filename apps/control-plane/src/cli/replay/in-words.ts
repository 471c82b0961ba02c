import type { ReplayAnswer, ReplayEntry, ReplayState } from '@baton/contracts';
import { actionOf } from './compare.js';
import type { Change, Compared } from './compare.js';

const ACTIONS: Readonly<Record<string, string>> = {
  'record:visitor': "the visitor's line in the transcript",
  'record:bot': 'a line of the bot in the transcript',
  'record:agent': 'a line of an agent in the transcript',
  'deliver:bot': 'a line of the bot to the visitor',
  'deliver:agent': 'a line of an agent to the visitor',
  'deliver:system': 'a line of Baton to the visitor',
  'deliver:visitor': "the visitor's own line, shown to him",
  edit: 'a correction of a line that the visitor has',
  remove: 'a line is taken back from the visitor',
  'tell-bot:bot.turn': 'a turn for the bot',
  'tell-bot:bot.muted': 'the bot is told to be silent',
  'tell-bot:bot.answer-rejected': "the bot's answer is rejected",
  'withdraw-desk-work': 'planned work in Crisp is taken back',
  'desk:ask-availability': 'in Crisp: are agents there?',
  'desk:open-session': 'in Crisp: the conversation is opened',
  'desk:set-contact': 'in Crisp: who the visitor is',
  'desk:post-first-message': 'in Crisp: the first message',
  'desk:post-visitor-words': "in Crisp: the visitor's words",
  'desk:post-note': 'in Crisp: a private note',
  'desk:post-briefing': 'in Crisp: the briefing',
  'desk:open-follow-up': 'in Crisp: a conversation for an answer by e-mail',
  'desk:drop-segment': 'in Crisp: a segment is taken off',
  'desk:check-operator': 'in Crisp: who gave the command?',
  'desk:set-state': 'in Crisp: the state is set',
};

const PARTS: Readonly<Record<string, string>> = {
  held: 'words that wait for somebody',
  unanswered: 'words that the bot has not answered',
  openTurns: 'turns that the bot has not answered',
  handover: 'what is known of the handover',
  lastHandover: 'what is known of the last handover',
  lastFingerprint: 'the number of our last message in Crisp',
  mutedUntil: 'until when the bot is silent',
};

/** An action for people, of `deliver:system`. */
export function actionInWords(action: string): string {
  const [what, of] = action.split(':');
  if (what === 'mode') return `the visitor sees that the floor is "${of}"`;
  if (what === 'announce') return `the event ${of}`;
  if (what === 'unmute') return `the bot has the conversation again (${of})`;
  if (what === 'promise') return `a promise is ${of}`;
  if (what === 'rate') return `a rating of the ${of}`;
  if (what === 'alarm') return `the alarm ${of}`;
  if (what === 'ignore') return `passed over: ${of}`;
  return ACTIONS[action] ?? action;
}

export function changeInWords(change: Change): string {
  switch (change.is) {
    case 'new':
      return `new: ${actionInWords(change.action)}`;
    case 'gone':
      return `no longer: ${actionInWords(change.action)}`;
    case 'other':
      return `with something else in it: ${actionInWords(change.action)}`;
    case 'order':
      return 'the same in another order';
    case 'part':
      return `${PARTS[change.part] ?? change.part}: then ${valueInWords(change.part, change.then)}, now ${valueInWords(change.part, change.now)}`;
    case 'passed-over':
      if (change.then === null) return `passed over now: ${change.now}`;
      return change.now === null
        ? `was passed over then (${change.then}), counts now`
        : `passed over: then ${change.then}, now ${change.now}`;
    case 'fact':
      return `is another fact: then ${change.then ?? 'none'}, now ${change.now ?? 'none'}`;
    case 'timer':
      return `before it, at ${timeInWords(change.at)}, a timer of this build rings: ${change.did.map(actionInWords).join('; ') || 'nothing comes of it'}`;
    case 'failed':
      return `this build cannot judge it: ${change.reason}`;
  }
}

function valueInWords(part: string, value: unknown): string {
  if (value === undefined) return 'as before';
  if (value === null) return 'nothing';
  if (part === 'timers') {
    const timers = value as readonly { kind: string; dueAt: number }[];
    return timers.length === 0 ? 'none' : timers.map(({ kind, dueAt }) => `${kind} at ${timeInWords(dueAt)}`).join(', ');
  }
  if (typeof value === 'string' && value.startsWith('#')) return `something (${value})`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function timeInWords(ms: number): string {
  return new Date(ms).toISOString();
}

/** Where it differs, and in what; empty when it is the same. */
export function comparedInWords(compared: Compared): string[] {
  const { verdict, at, kind, id, conversationId, position, changes, follows, unsure } = compared;
  const of = [`${timeInWords(at)}  ${kind}  ${id}`, `    conversation ${conversationId}, judged as ${position}`] as const;
  if (verdict === 'same') return [];
  if (verdict === 'unsure') return [`?  ${of[0]}`, of[1], `    cannot be judged again: ${unsure}`];
  const head = verdict === 'other-floor' ? 'another floor' : 'other actions';
  return [
    `~  ${of[0]}`,
    of[1],
    `    ${head}${follows ? ' (perhaps only because of the difference before)' : ''}:`,
    ...changes.map((change) => `      ${changeInWords(change)}`),
  ];
}

/** A decision with what the rule was given: before → fact → after → actions. */
export function explained(entry: ReplayEntry, answer: ReplayAnswer, lines: Readonly<Record<string, string>> | undefined): string[] {
  const head = `${timeInWords(entry.at)}  judged as ${entry.position}${entry.leadsUp ? ' (before the range)' : ''}`;
  const came = entry.record ? `${entry.record.topic}, key ${entry.record.key}` : 'from inside';
  const told = answer.decided.flatMap((outline, nth) => {
    const step = answer.steps?.[nth];
    return [
      `    fact    ${outline.kind}  ${outline.id}${outline.passedOver === undefined ? '' : `  passed over: ${outline.passedOver}`}`,
      ...(step
        ? [`    came    ${pairs(step.came)}`, `    before  ${stateInWords(step.before)}`, `    after   ${stateInWords(step.after)}`]
        : []),
      ...outline.did.map(
        (did, at) => `    →       ${actionInWords(actionOf(did))}${words(step?.words?.[String(at)])}${wordsThen(did, lines)}`,
      ),
    ];
  });
  const why = answer.unsure ?? answer.failed;
  return [head, `    by      ${came}`, ...told, ...(why === undefined ? [] : [`    cannot be judged again: ${why}`])];
}

function stateInWords({ floor, epoch, turn, handover, timers, held, unanswered, promises }: ReplayState): string {
  const all = [
    `floor ${floor} (epoch ${epoch}), turn ${turn}`,
    ...(handover === null ? [] : [`handover ${handover}`]),
    ...Object.entries(timers).map(([kind, at]) => `${kind} at ${timeInWords(at)}`),
    ...(held > 0 ? [`${held} held`] : []),
    ...(unanswered > 0 ? [`${unanswered} unanswered`] : []),
    ...(promises.length > 0 ? [`promised: ${promises.join(', ')}`] : []),
  ];
  return all.join('; ');
}

function pairs(came: Readonly<Record<string, unknown>>): string {
  const all = Object.entries(came).filter(([, value]) => value !== null && value !== undefined);
  return all.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ') || 'nothing but itself';
}

function words(text: string | undefined): string {
  return text === undefined ? '' : `  "${text}"`;
}

function wordsThen(did: string, lines: Readonly<Record<string, string>> | undefined): string {
  const position = did.split('#')[0]!.split(':')[2];
  const text = position === undefined ? undefined : lines?.[position];
  return text === undefined ? '' : `  (then "${text}")`;
}
