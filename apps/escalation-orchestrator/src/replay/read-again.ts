import { botEvents, crispWebhooks, decodeEvent, visitorMessages } from '@baton/contracts';
import type { ReplayRecord } from '@baton/contracts';
import { parseCrispHook } from '@baton/crisp';
import { botAnswers } from '../bot/read-answers.js';
import { caseOf as botCaseOf } from '../bot/on-bot-events.js';
import { readHook } from '../desk/read-hook.js';
import type { Matter } from '../judge/case.js';
import { caseOf as visitorCaseOf } from '../visitor/on-visitor-messages.js';

/** What a record says to this build, or why it says nothing. @throws ContractViolation when this build cannot read it */
export function readAgain(record: ReplayRecord): Matter | { readonly ignored: string } {
  const { topic, key, value, headers } = record;
  const name = topic.replace(/\.v\d+$/, '');
  const isOf = (definition: { readonly name: string }) => name === definition.name || name.endsWith(`.${definition.name}`);
  if (isOf(visitorMessages)) {
    const event = decodeEvent(visitorMessages, { key, value, headers });
    return event.type === 'visitor.typing' ? { ignored: 'typing' } : visitorCaseOf(event).matter;
  }
  if (isOf(botEvents)) {
    const event = decodeEvent(botAnswers, { key, value, headers });
    return event.type === 'bot.answered' ? botCaseOf(event).matter : { ignored: 'typing' };
  }
  if (isOf(crispWebhooks)) {
    const reading = readHook(parseCrispHook(decodeEvent(crispWebhooks, { key, value, headers }).data));
    if ('event' in reading) return { about: 'desk', event: reading.event };
    if ('unreadable' in reading) return { ignored: `unreadable: ${reading.unreadable}` };
    return { ignored: 'ignored' in reading ? reading.ignored : 'sign' in reading ? 'sign' : 'mailed' };
  }
  return { ignored: 'topic of no interest' };
}
