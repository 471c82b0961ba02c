import { lineOf } from '@baton/answering';
import { humanWanted } from '@baton/language';
import type { Voice } from '@baton/answering';
import type { BotSettings } from '@baton/contracts';
import type { Asking } from '../asking/asking.js';
import { voiceOf } from '../asking/voice-of.js';
import { toldAlready } from './human-stretch.js';
import { hasToldQuotaEnd, mayAskForHuman } from './talk-rules.js';
import { askedIn } from './talk.js';
import type { Claim, Talk } from './talk.js';
import { calledFor, hasAgents, lineOnly, repeated, replyOf, saidNothing } from './wording.js';
import type { Reply } from './wording.js';

export interface Circumstances {
  readonly talk: Talk;
  readonly claim: Claim;
  readonly bot: BotSettings;
  /** Answers handed over in this conversation within the last hour. */
  readonly answeredLately: number;
  /** ms */
  readonly now: number;
}

/**
 * What is said to the turns of a claim. `reserve` takes one of the plan's answers, and is asked right before an answer is sought.
 * @throws whatever `signal` was aborted with
 */
export async function decideReply(
  { talk, claim, bot, answeredLately, now }: Circumstances,
  asking: Pick<Asking, 'run'>,
  reserve: () => Promise<'reserved' | 'at-end'>,
  signal: AbortSignal,
): Promise<Reply> {
  const lines = askedIn(talk, claim);
  if (wordsOf(talk, claim).trim() === '') return saidNothing('nothing-asked');
  const mayAsk = hasAgents(bot) && mayAskForHuman(talk, now);
  const voice = voiceOf(bot, lines, talk.language ?? talk.locale);
  if (answeredLately >= bot.assistant.answersPerConversationHour) {
    return mayAsk ? calledFor('too-many-answers', lineOf('toHuman', voice), voice.language) : saidNothing('too-many-answers');
  }
  const told = humanWanted(wordsOf(talk, claim)) ? undefined : toldAlready(talk.human, wordsOf(talk, claim), voice.language, now);
  if (told !== undefined) return repeated(talk.hasTold ? told : `${lineOf('automated', voice)}\n\n${told}`, voice.language, !talk.hasTold);
  // Who asks for a human gets one also where the plan is at its end.
  const isAtEnd = (await reserve()) === 'at-end';
  if (isAtEnd && !humanWanted(wordsOf(talk, claim))) return atQuotaEnd(bot, voice, mayAsk, hasToldQuotaEnd(talk, now));
  const mustSayAutomated = !talk.hasTold;
  const locale = talk.language ?? talk.locale ?? undefined;
  const answered = await asking.run(mayAsk ? bot : withoutCalling(bot), {
    talk: lines,
    ...(locale === undefined ? {} : { locale }),
    missesBefore: talk.misses,
    mustSayAutomated,
    signal,
  });
  const reply = replyOf(answered, { mustSayAutomated });
  return isAtEnd ? { ...reply, counts: false } : reply;
}

/** The line for a failure of ours, where there is nothing better to say. */
export function troubleReply({ talk, claim, bot }: Pick<Circumstances, 'talk' | 'claim' | 'bot'>): Reply {
  const voice = voiceOf(bot, askedIn(talk, claim), talk.language ?? talk.locale);
  return lineOnly('trouble', lineOf('trouble', voice), voice.language);
}

function atQuotaEnd(bot: BotSettings, voice: Voice, mayAsk: boolean, hasTold: boolean): Reply {
  const { atQuotaEnd: then } = bot.assistant;
  if (then === 'human' && mayAsk) return calledFor('quota-end', lineOf('toHuman', voice), voice.language);
  if (then === 'silence' || hasTold) return saidNothing('quota-end');
  return lineOnly('quota-end', lineOf('quotaEnd', voice), voice.language);
}

/** Nobody can come, or nobody came a moment ago: what is not known is said to be not known. */
function withoutCalling(bot: BotSettings): BotSettings {
  const answers = { ...bot.assistant.answers, whenUnsupported: 'say-so' as const, humanAfterMisses: 0 };
  return { ...bot, assistant: { ...bot.assistant, answers } };
}

function wordsOf(talk: Talk, { turn }: Claim): string {
  return talk.lines
    .filter((line) => (line.turn ?? 0) > talk.answered && line.turn! <= turn)
    .map(({ text }) => text)
    .join('\n');
}
