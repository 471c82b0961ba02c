import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema } from '@baton/contracts';
import { aPolicy } from '../floor/conversation.builder.js';
import { policyAgain, WrongOverride } from './policy-again.js';

const kept = () => JSON.parse(JSON.stringify(aPolicy())) as object;

describe('a policy of then', () => {
  it('is what it was', () => expect(policyAgain(kept(), {})).toEqual(aPolicy()));

  it('gets what this build asks for beyond it', () => {
    const { handover, ...older } = kept() as { handover: Record<string, unknown> };
    const { timers: _, ...rest } = handover;
    expect(policyAgain({ ...older, handover: rest }, {}).handover.timers).toEqual(aPolicy().handover.timers);
  });

  it('takes another value', () => {
    const policy = policyAgain(kept(), { 'handover.timers.silenceSeconds': 7, botName: 'Rita' });
    expect([policy.handover.timers.silenceSeconds, policy.botName]).toEqual([7, 'Rita']);
  });

  it('takes a whole part, and a language', () => {
    const { handover, locale } = policyAgain(kept(), { 'handover.timers': { silenceSeconds: 7 }, locale: 'de' });
    expect([handover.timers, locale]).toEqual([{ ...HandoverSettingsSchema.parse({}).timers, silenceSeconds: 7 }, 'de']);
  });

  it.each<[string, unknown, string]>([
    ['handover.timers.silenceSeconds', 'soon', 'handover.timers.silenceSeconds'],
    ['handover.timers.silenceSecond', 7, 'handover.timers.silenceSecond: the settings have no such field'],
    ['handover.timer.silenceSeconds', 7, 'handover.timer.silenceSeconds: the settings have no such field'],
    ['handover.timers', { silenceSecond: 7 }, 'handover.timers.silenceSecond: the settings have no such field'],
    ['handover', { timers: { silence: 7 } }, 'handover.timers.silence: the settings have no such field'],
    ['handover.timers.silenceSeconds.max', 7, 'handover.timers.silenceSeconds'],
    ['handovers.timers.silenceSeconds', 7, 'handovers.timers.silenceSeconds: only handover.…, botName and locale can be set'],
    ['websiteId', 'other', 'websiteId: only handover.…'],
    ['botName.first', 'Rita', 'botName.first: only handover.…'],
    ['botName', 7, 'botName: say a text'],
    ['locale', null, 'locale: say a text'],
  ])('refuses %s = %j, naming the field', (path, value, sentence) => {
    expect(() => policyAgain(kept(), { [path]: value })).toThrow(WrongOverride);
    expect(() => policyAgain(kept(), { [path]: value })).toThrow(sentence);
  });
});
