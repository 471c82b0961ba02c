import type { AnswerKind, TriedAnswer, Verdict } from '@baton/control-api';

interface RuleWords {
  /** What is looked at. */
  readonly rule: string;
  readonly passed: string;
  readonly failed: string;
}

const RULES: Readonly<Record<string, RuleWords>> = {
  support: {
    rule: 'Enough is known',
    passed: 'The best passage supports an answer well enough.',
    failed: 'What was found does not support an answer well enough.',
  },
  supported: {
    rule: 'The model finds the answer in the passages',
    passed: 'The model says that the passages answer the question.',
    failed: 'The model says that the passages do not answer the question.',
  },
  model: { rule: 'The model answered', passed: 'It answered in time and in the right form.', failed: 'It did not answer as it should.' },
  sentences: {
    rule: 'Every sentence has its ground',
    passed: 'Each sentence is held by a cited passage.',
    failed: 'Sentences that no cited passage holds were left out.',
  },
  numbers: {
    rule: 'Numbers, prices and times',
    passed: 'All of them stand in the cited passages.',
    failed: 'Some of them stand in no cited passage.',
  },
  links: {
    rule: 'Links, addresses and phone numbers',
    passed: 'All of them stand in the cited passages.',
    failed: 'Some of them stand in no cited passage.',
  },
  promises: {
    rule: 'No promises',
    passed: 'Nothing is promised that the knowledge does not say.',
    failed: 'It promises what nobody agreed to.',
  },
  injection: {
    rule: 'No orders to the machine',
    passed: 'Nobody tries to give the assistant orders.',
    failed: 'Somebody tries to give the assistant orders; they are not obeyed.',
  },
  language: { rule: 'The visitor’s language', passed: 'The answer is in it.', failed: 'The answer is in another language.' },
  quotes: {
    rule: 'Quotes from sources in another language',
    passed: 'Its words can be found in the sources.',
    failed: 'It shows no words of its sources.',
  },
  'personal-data': {
    rule: 'Personal data',
    passed: 'Nothing is told that the visitor did not give out.',
    failed: 'It holds personal data that nobody gave out.',
  },
  markup: { rule: 'Plain text', passed: 'Nothing had to be taken out.', failed: 'Pictures or tags were taken out.' },
  length: { rule: 'Length', passed: 'It is short enough to be read.', failed: 'It was cut after a whole sentence.' },
};

/** What a guard says of an answer, in words. */
export function verdictWords({ rule, passed, of, detail }: Verdict): { readonly title: string; readonly reason: string } {
  const words = RULES[rule];
  const whose = of === 'model' ? ' (the model’s words)' : of === 'extract' ? ' (the source’s words)' : '';
  const reason = words ? (passed ? words.passed : words.failed) : passed ? 'Passed.' : 'Refused.';
  return { title: `${words?.rule ?? rule}${whose}`, reason: detail === undefined ? reason : `${reason} (${detail})` };
}

export interface OutcomeWords {
  readonly label: string;
  readonly color: 'teal' | 'yellow' | 'blue' | 'red' | 'gray';
}

const OUTCOMES: Readonly<Record<AnswerKind, OutcomeWords>> = {
  answer: { label: 'Answers', color: 'teal' },
  unknown: { label: 'Says that it does not know', color: 'yellow' },
  human: { label: 'Calls a human', color: 'blue' },
  courtesy: { label: 'Answers in kind', color: 'teal' },
  trouble: { label: 'Has trouble, and says so', color: 'red' },
  'quota-end': { label: 'The plan is used up', color: 'red' },
};

/** What the assistant does, in a word. */
export const outcomeWords = (kind: AnswerKind): OutcomeWords => OUTCOMES[kind];

const REASONS: Readonly<Record<NonNullable<TriedAnswer['reason']>, string>> = {
  asked: 'The visitor asks for one.',
  unsupported: 'Nothing was found that answers this, and it is set to call a human then.',
  misses: 'Too many questions in a row stayed without an answer.',
};

/** What it would have done live, in a sentence. */
export function liveWords(
  { kind, reason }: Pick<TriedAnswer, 'kind' | 'reason'>,
  { inbox, channels }: { readonly inbox: 'off' | 'shadow' | 'note' | 'reply'; readonly channels: boolean },
): string {
  const where =
    inbox === 'reply' || channels
      ? undefined
      : inbox === 'note'
        ? 'Live, agents read this as a private suggestion; visitors do not see it.'
        : inbox === 'shadow'
          ? 'Live, this is only recorded (shadow mode); nobody sees it.'
          : 'The assistant is switched off for this bot; live, it says nothing.';
  if (kind === 'human')
    return `${reason === undefined ? 'A human is called.' : REASONS[reason]} ${where ?? 'Live, the conversation goes to your agents.'}`;
  if (kind === 'courtesy') return `A greeting, thanks or a goodbye: nothing is looked up. ${where ?? 'Live, the visitor reads this.'}`;
  return where ?? 'Live, the visitor reads exactly this.';
}
