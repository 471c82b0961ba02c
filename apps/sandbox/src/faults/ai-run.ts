import { setTimeout as pause } from 'node:timers/promises';
import { CrispControl } from '../journey/crisp-control.js';
import { MessengerControl } from '../journey/messenger-person.js';
import { BotSources } from '../knowledge/load-knowledge.js';
import { HELPDESK_API_KEY } from '../platform/sandbox-crisp.js';
import type { Platform } from '../platform/platform.js';
import { type AnswerVerdict, emptyVerdict, judgeAnswers } from './answer-ledger.js';
import { ChatboxTalk, type KnownQuestion, saidIn, untoldIn } from './chatbox-talk.js';
import type { FaultRunOptions } from './fault-run.js';
import { seededRandom } from '../simulator-kit/random.js';
import { type Outage, type Passage, type Recovery, recoveryOf } from './recovery.js';
import type { Injected, Scenario } from './scenario.js';
import { LATE_AND_REPEATED } from './weather.js';

export interface AiRunResult {
  readonly scenario: string;
  readonly injections: readonly Injected[];
  readonly verdict: AnswerVerdict;
  readonly complaints: readonly string[];
  /** The longest time in which nobody got an answer, in seconds. */
  readonly longestSilence: number;
  /** Seconds from the end of the talk until every burst had its answer; the bound when some never had. */
  readonly settledAfter: number;
  /** The answers. */
  readonly recovered: readonly Recovery[];
  /** What is wrong with it when one took longer, in seconds. */
  readonly recoversWithin?: number;
}

/** More of them wait for each other on a small machine. */
const MOST_TALKS = 40;
const SETTLE_WITHIN_MS = 120_000;
/** Nothing that is said twice comes later. */
const AFTERMATH_MS = 8_000;
const LEARN_WITHIN_MS = 60_000;
/** A hook may be 3 s late, and the AI waits a moment for the rest of a burst. */
const USUAL_MS = 6_000;

const KNOWN: readonly (KnownQuestion & { readonly answer: string })[] = [
  { question: 'What does express delivery cost?', sign: '9.50', answer: 'Express delivery costs € 9.50.' },
  { question: 'How long is a gift card valid?', sign: '3 years', answer: 'It is valid for 3 years from the day it was bought.' },
  { question: 'Can I pay in instalments?', sign: 'three instalments', answer: 'Yes, in three instalments without interest.' },
  { question: 'When is my credit card charged?', sign: 'leaves us', answer: 'When the parcel leaves us.' },
  { question: 'Do you deliver to Switzerland?', sign: 'European Union', answer: 'No, we deliver within the European Union only.' },
  {
    question: 'How often does a snake plant need water?',
    sign: 'two weeks in summer',
    answer: 'Every two weeks in summer, once a month in winter.',
  },
  { question: 'Which plant suits a bathroom?', sign: 'Boston fern', answer: 'The Boston fern, if the bathroom has a window.' },
  { question: 'What is the outlet?', sign: 'half the price', answer: 'Plants with one-sided growth at half the price.' },
];

/** Visitors of Crisp's chat box ask while one kind of thing is broken again and again; afterwards each burst has one answer, and no human was talked over. */
export async function aiRun(platform: Platform, scenario: Scenario, options: FaultRunOptions): Promise<AiRunResult> {
  const { seed, say } = options;
  const random = seededRandom(seed).next;
  const crisp = new CrispControl(platform.urls.crisp);
  const messenger = new MessengerControl(platform.urls.messenger);
  await learn(platform);
  await crisp.faults(scenario.weather?.crisp ?? LATE_AND_REPEATED);
  let over = false;
  const name = `${scenario.name}-${Date.now().toString(36)}`;
  const talks = Array.from(
    { length: Math.min(options.conversations, MOST_TALKS) },
    (_, index) =>
      new ChatboxTalk({
        ...{ name: `${name}-${index + 1}`, crisp, questions: KNOWN },
        ...{ random: seededRandom(seed + index + 1).next, isOver: () => over },
      }),
  );
  const broken: string[] = [];
  const injections: Injected[] = [];
  const outages: Outage[] = [];
  try {
    const running = talks.map((talk, index) =>
      talk.run().catch((error: unknown) => void broken.push(`talk ${index + 1} ended: ${String(error)}`)),
    );
    say(`  ${talks.length} visitors ask in the chat box`);
    await pause(6_000);
    const began = Date.now();
    for (let count = 0; count < options.injections; count += 1) {
      const from = Date.now();
      const injected = await scenario.inject({ ...options.levers, platform, crisp, messenger, random });
      injections.push(injected);
      outages.push({ from, until: Date.now() - injected.backAfter * 1_000 });
      say(`  ${injected.what}; it stood again after ${injected.backAfter.toFixed(1)} s`);
      if (count + 1 < options.injections) await pause(2_000 + random() * 4_000);
    }
    await pause(8_000);
    over = true;
    const endedAt = Date.now();
    await Promise.race([Promise.all(running), pause(60_000)]);
    const settledAfter = await settle(crisp, talks);
    const verdict = await judge(crisp, talks);
    const passages = await passagesOf(crisp, talks);
    return {
      scenario: scenario.name,
      injections,
      verdict,
      recovered: [recoveryOf('answers', passages, outages, USUAL_MS)],
      ...(scenario.recoversWithin !== undefined && { recoversWithin: scenario.recoversWithin }),
      complaints: [...broken, ...injections.flatMap(({ wrong = [] }) => wrong)],
      longestSilence: await silence(crisp, talks, began, endedAt),
      settledAfter,
    };
  } finally {
    over = true;
    await crisp.noFaults();
  }
}

async function learn(platform: Platform): Promise<void> {
  const bot = new BotSources(platform.urls.ais[0]!, 'helpdesk', HELPDESK_API_KEY);
  const pairs = KNOWN.map(({ question, answer }) => ({ question, answer }));
  const { source } = await bot.put({ title: 'Faults', key: 'faults', json: { kind: 'pairs', title: 'Faults', pairs } });
  const deadline = Date.now() + LEARN_WITHIN_MS;
  while (!(await bot.list()).some(({ id, state }) => id === source.id && state === 'ready')) {
    if (Date.now() > deadline) throw new Error('the AI did not learn what it is asked');
    await pause(300);
  }
}

/** Looks until every burst has its answer, then once more for what comes twice. */
async function settle(crisp: CrispControl, talks: readonly ChatboxTalk[]): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { lost } = await judge(crisp, talks);
    const waited = performance.now() - began;
    if (lost.length === 0 || waited > SETTLE_WITHIN_MS) {
      await pause(AFTERMATH_MS);
      return waited / 1_000;
    }
    await pause(1_000);
  }
}

async function judge(crisp: CrispControl, talks: readonly ChatboxTalk[]): Promise<AnswerVerdict> {
  const verdict = emptyVerdict();
  for (const { session, happened } of talks.flatMap(({ episodes }) => episodes))
    judgeAnswers(session, happened, await saidIn(crisp, session), await untoldIn(crisp, session), verdict);
  return verdict;
}

/** Each burst that the AI was told of, and its first answer. */
async function passagesOf(crisp: CrispControl, talks: readonly ChatboxTalk[]): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const { session, happened } of talks.flatMap(({ episodes }) => episodes)) {
    const [said, untold] = [await saidIn(crisp, session), await untoldIn(crisp, session)];
    happened.forEach(({ kind, from, at }, index) => {
      const next = happened[index + 1]?.from ?? Infinity;
      const answer = said.find((one) => one.at >= from && one.at < next);
      const isUntold = untold.some((one) => one >= from && one < next);
      if (kind === 'burst' && (answer || !isUntold)) passages.push({ saidAt: at, ...(answer && { arrivedAt: answer.at }) });
    });
  }
  return passages;
}

async function silence(crisp: CrispControl, talks: readonly ChatboxTalk[], from: number, until: number): Promise<number> {
  const times = [from, until];
  for (const { session } of talks.flatMap(({ episodes }) => episodes)) times.push(...(await saidIn(crisp, session)).map(({ at }) => at));
  const sorted = times.filter((at) => at >= from && at <= until).sort((a, b) => a - b);
  return Math.max(...sorted.slice(1).map((at, index) => at - sorted[index]!)) / 1_000;
}
