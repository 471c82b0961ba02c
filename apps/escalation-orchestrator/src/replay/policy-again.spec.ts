import { describe, expect, it } from '@jest/globals';
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

  it.each([['handover.timers.silenceSeconds', 'soon']])('refuses %s = %s, naming the field', (path, value) => {
    expect(() => policyAgain(kept(), { [path]: value })).toThrow(WrongOverride);
    expect(() => policyAgain(kept(), { [path]: value })).toThrow(path);
  });
});
