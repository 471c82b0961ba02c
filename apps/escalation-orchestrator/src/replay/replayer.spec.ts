import { describe, expect, it } from '@jest/globals';
import type { DecidedOutline, ReplayEntry } from '@baton/contracts';
import fc from 'fast-check';
import { aFact, aPolicy, SESSION, START, Story, storyOn } from '../floor/conversation.builder.js';
import { freshConversation } from '../floor/conversation.js';
import type { Conversation } from '../floor/conversation.js';
import type { Fact } from '../floor/facts.js';
import type { FloorPolicy } from '../floor/policy.js';
import { randomPromises, randomStory } from '../floor/random-story.builder.js';
import type { Step } from '../floor/random-story.builder.js';
import { outlineOf } from '../judge/recording/outline.js';
import { Replayer } from './replayer.js';

/** A story that is noted as the judge notes it. */
class NotedStory extends Story {
  readonly entries: ReplayEntry[] = [];

  override happens(fact: Fact): this {
    const before = this.conversation;
    super.happens(fact);
    const outline = outlineOf({ before, after: this.conversation, fact, actions: this.actions });
    this.note({ matter: { about: 'fact', fact }, decided: [outline] }, before);
    return this;
  }

  note(given: Pick<ReplayEntry, 'matter' | 'decided'>, before: Conversation): void {
    const position = String(this.entries.length + 1);
    const start = this.entries.length === 0 ? before : undefined;
    const entry = { type: 'entry', conversationId: before.id, position, at: this.now, policy: 'then', start, ...given };
    this.entries.push(JSON.parse(JSON.stringify(entry)) as ReplayEntry);
  }
}

const identity = ({ conversation: { id, botId, channel, address } }: Story) => ({ id, botId, channel, address });

function judgedAgain(story: NotedStory, policy: FloorPolicy = story.policy) {
  const replayer = new Replayer(identity(story), () => policy);
  return story.entries.map((entry) => replayer.judge(entry));
}

const then = (story: NotedStory): DecidedOutline[][] => story.entries.map(({ decided }) => [...decided]);

function told(steps: readonly { readonly step: Step; readonly wait: number }[]): NotedStory {
  const story = new NotedStory();
  for (const { step, wait } of steps) story.later(wait).happens(step(story));
  return story;
}

describe('whatever happens, judged again', () => {
  it.each([
    ['in any order', randomStory],
    ['with everything that is promised', randomPromises],
  ])('%s, is decided as it was', (_, stories) => {
    fc.assert(
      fc.property(stories, (steps) => {
        const story = told(steps);
        const again = judgedAgain(story);
        expect(again.map(({ decided }) => decided)).toEqual(then(story));
        expect(again.every(({ rang, resumed, failed, unsure }) => !rang && !resumed && failed === undefined && unsure === undefined)).toBe(
          true,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is told apart when another policy decides something else, and only then', () => {
    fc.assert(
      fc.property(randomStory, (steps) => {
        const story = told(steps);
        const silent = aPolicy({ handover: { ...story.policy.handover, timers: { ...story.policy.handover.timers, silenceSeconds: 7 } } });
        const differs = judgedAgain(story, silent).some(
          ({ decided, rang }, nth) => rang !== undefined || JSON.stringify(decided) !== JSON.stringify(story.entries[nth]!.decided),
        );
        const hadSilence = story.entries.some(({ decided }) => JSON.stringify(decided).includes('"silence"'));
        expect(differs).toBe(hadSilence);
      }),
      { numRuns: 40 },
    );
  });
});

function withAgent(): NotedStory {
  const story = new NotedStory();
  story.happens(aFact('visitor-wrote')).askedForHelp().accepted();
  story.happens(aFact('agent-wrote', { at: story.now }));
  return story.later(1_000).happens(aFact('visitor-wrote'));
}

describe('a build with timers of its own', () => {
  it('rings them where none rang then', () => {
    const story = withAgent().later(600_000).happens(aFact('visitor-wrote'));
    const { handover } = story.policy;
    const hasty = aPolicy({ handover: { ...handover, timers: { ...handover.timers, silenceSeconds: 300 } } });
    const last = judgedAgain(story, hasty).at(-1)!;
    expect(last.rang?.map(({ decided }) => decided.did.map((did) => did.split('#')[0]))).toEqual(
      expect.arrayContaining([expect.arrayContaining(['announce:handover.timed-out'])]),
    );
  });

  it('and says where one of them breaks it, until the next start', () => {
    const story = withAgent().later(600_000).happens(aFact('visitor-wrote'));
    const last = story.entries.at(-1)!;
    const { handover } = story.policy;
    const hasty = aPolicy({ handover: { ...handover, timers: { ...handover.timers, silenceSeconds: 300 } } });
    const broken = {} as FloorPolicy;
    const replayer = new Replayer(identity(story), (id) => (id === 'broken' ? broken : hasty));
    for (const entry of story.entries.slice(0, -1)) replayer.judge(entry);
    expect(replayer.judge({ ...last, policy: 'broken' })).toMatchObject({ failed: 'TypeError', decided: [] });
    expect(replayer.judge(last).unsure).toBe('what came before it is not known');
    expect(replayer.judge({ ...last, start: story.conversation }).decided).toHaveLength(1);
  });

  it('leaves late what was late then', () => {
    const story = withAgent()
      .later(3 * 3_600_000)
      .happens(aFact('visitor-wrote'));
    expect(judgedAgain(story).at(-1)!.rang).toBeUndefined();
  });
});

describe('what is not known', () => {
  it('is said until the next start, and then it goes on', () => {
    const story = storyWithStarts();
    story.entries[1] = { ...story.entries[1]!, gone: true };
    const again = judgedAgain(story);
    expect(again.map(({ unsure }) => unsure !== undefined)).toEqual([false, true, true, false]);
    expect(again[3]!.decided).toEqual(story.entries[3]!.decided);
  });

  it('is all before the first start', () => {
    const story = storyWithStarts();
    delete (story.entries[0] as { start?: object }).start;
    expect(judgedAgain(story).map(({ unsure }) => unsure !== undefined)).toEqual([true, true, true, false]);
  });

  it('is told when a start is not what was come to, though all was decided the same', () => {
    const story = storyWithStarts();
    const { start } = story.entries[3]!;
    story.entries[3] = { ...story.entries[3]!, start: { ...start, locale: 'de' } };
    expect(judgedAgain(story).map(({ resumed }) => resumed ?? false)).toEqual([false, false, false, true]);
  });

  function storyWithStarts(): NotedStory {
    const story = new NotedStory();
    for (let n = 0; n < 3; n++) story.happens(aFact('visitor-wrote'));
    const start = story.conversation;
    story.happens(aFact('visitor-wrote'));
    story.entries[3] = { ...story.entries[3]!, start };
    return story;
  }
});

describe('what came from Crisp', () => {
  const event = { kind: 'state', state: 'resolved', websiteId: 'w', sessionId: SESSION, at: START } as const;
  const entry = (knew: object): ReplayEntry => ({
    ...{ type: 'entry', conversationId: 'c', position: '1', at: START, policy: 'then', matter: { about: 'desk', event }, knew },
    ...{ start: storyOn.agent().conversation, decided: [] },
  });

  it.each([
    ['counts', {}, undefined],
    ['is passed over where we had set it ourselves', { setByUs: { state: 'resolved', from: START - 1, until: START } }, 'state-set-by-us'],
  ])('%s, by what was known then', (_, knew, passedOver) => {
    const replayer = new Replayer({ id: 'c', botId: 'demo', channel: 'webchat', address: 'v' }, () => aPolicy());
    expect(replayer.judge(entry(knew)).decided).toMatchObject([{ kind: 'desk-state', ...(passedOver ? { passedOver } : {}) }]);
  });
});

it('says that a build cannot judge what breaks it, without a word of what was said', () => {
  const replayer = new Replayer({ id: 'c', botId: 'demo', channel: 'webchat', address: 'v' }, () => undefined);
  const start = freshConversation({ id: 'c', botId: 'demo', channel: 'webchat', address: 'v' });
  const fact = aFact('visitor-wrote', { body: { type: 'text', text: 'a secret' } });
  const matter = { about: 'fact', fact };
  const answer = replayer.judge({ type: 'entry', conversationId: 'c', position: '1', at: START, start, matter, decided: [] });
  expect(answer.failed).toBe('the settings of then are not kept');
});
