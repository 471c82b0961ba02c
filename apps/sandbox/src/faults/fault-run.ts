import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import { CrispControl } from '../journey/crisp-control.js';
import { Visitor } from '../journey/visitor.js';
import type { Platform } from '../platform/platform.js';
import { DEMO_WEBSITE } from '../platform/sandbox-crisp.js';
import { DEMO_PAGE } from '../platform/sandbox-messenger.js';
import { Ledger } from './ledger.js';
import type { Verdict } from './ledger.js';
import { MessengerScreens, MessengerTalker } from './messenger-screens.js';
import { seededRandom } from '../simulator-kit/random.js';
import { Arrivals, type Outage, type Recovery, recoveryOf } from './recovery.js';
import type { Levers } from './grounds/grounds.js';
import type { Injected, Scenario } from './scenario.js';
import { Pulse } from './pulse.js';
import { Talk } from './talk.js';
import { BOT, talkingBot } from './talking-bot.js';
import { noteWhatWasTold } from './watch-hooks.js';
import { CRISP_AT_ITS_WORST, MESSENGER_AT_ITS_WORST } from './weather.js';

export interface FaultRunOptions {
  readonly conversations: number;
  /** How often something is broken. */
  readonly injections: number;
  /** Of all chance on our side: whoever decides something has a sequence of his own, so that it does not matter who comes first. */
  readonly seed: number;
  readonly say: (line: string) => void;
  /** What can be pulled there. */
  readonly levers?: Levers;
}

export interface FaultRunResult {
  readonly scenario: string;
  readonly injections: readonly Injected[];
  readonly verdict: Verdict;
  readonly complaints: readonly string[];
  readonly handoversCompleted: number;
  /** The longest time in which no visitor saw anything new of an agent, in seconds. */
  readonly longestSilence: number;
  /** Seconds from the end of the talk until every word had arrived; the bound when some never did. */
  readonly settledAfter: number;
  /** The visitors' words and the agents'. */
  readonly recovered: readonly Recovery[];
  /** What is wrong with it when any took longer, in seconds. */
  readonly recoversWithin?: number;
}

/** So long everybody talks before anything breaks: what is usual is seen then. */
const FAIR_BEFORE_MS = 5_000;
const FAIR_AFTER_MS = 5_000;
const WORKS_AGAIN_WITHIN_MS = 60_000;
/** Nobody calls a word late that took less, beside what its platform itself took. */
const FLOOR_MS = 2_000;
/** People wait longer than any fault lasts. */
const PATIENCE_MS = 120_000;
/** Words may wait for a catch-up look and for Crisp's late hooks. */
const SETTLE_WITHIN_MS = 120_000;

/** Everybody who talks, in both channels in turn. */
type Party = Visitor | MessengerTalker;

/** Conversations go on while one kind of thing is broken again and again; afterwards everything said is looked for. */
export async function faultRun(platform: Platform, scenario: Scenario, options: FaultRunOptions): Promise<FaultRunResult> {
  const { seed, say } = options;
  const random = seededRandom(seed).next;
  const crisp = new CrispControl(platform.urls.crisp);
  const screens = new MessengerScreens(platform.urls.messenger);
  const ledger = new Ledger();
  const arrivals = new Arrivals();
  const prefix = `${scenario.name}-${Date.now().toString(36)}`;
  const bot = talkingBot({ platform, prefix, ledger, arrivals });
  await bot.start();
  const weather = scenario.weather?.crisp ?? CRISP_AT_ITS_WORST;
  await crisp.faults(weather);
  await screens.control.faults(scenario.weather?.messenger ?? MESSENGER_AT_ITS_WORST);

  let over = false;
  const visitors: Party[] = [];
  const talks: Talk[] = [];
  const sessions = new Map<string, string>();
  const watch = everySoOften(async () => {
    for (const { session_id, nickname } of await crisp.list(DEMO_WEBSITE)) sessions.set(nickname, session_id);
    await screens.look();
  }, 500);
  const isOurs = (text: string): boolean => isWord(text, prefix);
  const told = everySoOften(() => noteWhatWasTold({ screens, ledger, arrivals, crisp, isWord: isOurs }), 10_000);
  const pulse = new Pulse(visitors, (text, at) => isOurs(text) && arrivals.hasArrived(text, at));
  const running: Promise<void>[] = [];
  const broken: string[] = [];
  try {
    for (let index = 1; index <= options.conversations; index += 1) {
      const name = `${prefix}-${index}`;
      const visitor =
        index % 2 === 0
          ? await screens.enter(DEMO_PAGE, name)
          : await Visitor.enter({
              ...{ dispatchers: platform.urls.dispatchers, botId: BOT, origin: platform.urls.site },
              patienceMs: PATIENCE_MS,
            });
      visitors.push(visitor);
      const talk = new Talk({
        name,
        visitor,
        crisp,
        ledger,
        arrivals,
        sessionOf: (asked) => sessions.get(asked),
        random: seededRandom(seed + index).next,
        isOver: () => over,
      });
      talks.push(talk);
      running.push(talk.run().catch((error: unknown) => void broken.push(`${name} ended: ${String(error)}`)));
    }
    say(`  ${options.conversations} conversations are going on`);
    await pause(FAIR_BEFORE_MS);
    pulse.start();

    const injections: Injected[] = [];
    const outages: Outage[] = [];
    for (let count = 0; count < options.injections; count += 1) {
      const from = Date.now();
      const injected = await scenario.inject({ ...options.levers, platform, crisp, messenger: screens.control, random });
      injections.push(injected);
      // It ended when it was let go; what stands again only later is a part of the recovery.
      outages.push({ from, until: Date.now() - injected.backAfter * 1_000 });
      say(`  ${injected.what}; it stood again after ${injected.backAfter.toFixed(1)} s`);
      if (count + 1 < options.injections) await pause(1_000 + random() * 4_000);
    }
    const atTheEnd = completedOf(talks);
    await pause(FAIR_AFTER_MS);
    // Whole handovers after the last fault show that everything works again, and not only the words that waited.
    const isSeen = () => completedOf(talks) > atTheEnd;
    const worksAgain = await eventually(isSeen, { within: WORKS_AGAIN_WITHIN_MS, every: 100, what: 'a whole handover' }).catch(() => false);
    if (!worksAgain) broken.push(`no handover was completed within ${(FAIR_AFTER_MS + WORKS_AGAIN_WITHIN_MS) / 1_000} s of the last fault`);
    pulse.stop();
    over = true;
    await Promise.race([Promise.all(running), pause(60_000)]);

    const settledAfter = await settle({ visitors, screens, ledger, arrivals, crisp, prefix, sessions });
    const verdict = ledger.verdict();
    const recovery = (by: string, platformMs: number) => recoveryOf(by, arrivals.passages(by), outages, FLOOR_MS + platformMs);
    return {
      scenario: scenario.name,
      injections,
      verdict,
      complaints: [...broken, ...visitors.flatMap(({ complaints }) => complaints), ...injections.flatMap(({ wrong = [] }) => wrong)],
      handoversCompleted: completedOf(talks),
      longestSilence: pulse.longestSilence,
      settledAfter,
      recovered: [recovery('visitors', 0), recovery('agents', weather.hooks?.delay?.to ?? 0)],
      ...(scenario.recoversWithin !== undefined && { recoversWithin: scenario.recoversWithin }),
    };
  } finally {
    over = true;
    watch.stop();
    told.stop();
    pulse.end();
    for (const visitor of visitors) visitor.leave();
    await bot.stop();
    await crisp.noFaults();
    await screens.control.noFaults();
  }
}

const completedOf = (talks: readonly Talk[]): number => talks.reduce((sum, { completed }) => sum + completed, 0);

interface Scene {
  readonly visitors: readonly Party[];
  readonly screens: MessengerScreens;
  readonly ledger: Ledger;
  readonly arrivals: Arrivals;
  readonly crisp: CrispControl;
  readonly prefix: string;
  readonly sessions: ReadonlyMap<string, string>;
}

/** Looks until nothing is missing any more, then once again for what comes twice. */
async function settle(scene: Scene): Promise<number> {
  const began = performance.now();
  for (;;) {
    await read(scene);
    const missing = scene.ledger.verdict().lost.length;
    const waited = performance.now() - began;
    if (missing === 0 || waited > SETTLE_WITHIN_MS) {
      await pause(6_000);
      await read(scene);
      return waited / 1_000;
    }
    await pause(1_000);
  }
}

async function read({ visitors, screens, ledger, arrivals, crisp, prefix, sessions }: Scene): Promise<void> {
  ledger.lookAgain();
  await screens.look();
  await noteWhatWasTold({ screens, ledger, arrivals, crisp, isWord: (text) => isWord(text, prefix) });
  for (const [index, visitor] of visitors.entries()) {
    const name = `${prefix}-${index + 1}`;
    for (const frame of visitor.log) {
      const text = frame.t === 'message' && frame.body.type === 'text' ? frame.body.text : '';
      ledger.visitorSaw(name, frame.seq, isWord(text, prefix) ? text : '');
    }
    if (!(visitor instanceof MessengerTalker)) continue;
    const { inDoubt, twice } = await screens.sentAgain(visitor);
    for (const _ of inDoubt) ledger.sentAgainInDoubt();
    for (const word of twice) ledger.visitorSaw(name, visitor.log.length, word);
  }
  const mine = [...sessions].filter(([name]) => name.startsWith(prefix));
  const transcripts = await Promise.all(mine.map(([, session]) => crisp.transcript(session)));
  transcripts.sort((a, b) => a.created_at - b.created_at);
  for (const { messages } of transcripts) {
    for (const { from, content, fingerprint, stored_at } of messages) {
      if (from === 'user' && typeof content === 'string' && isWord(content, prefix)) {
        ledger.agentsSee(content.split('.')[0]!, [{ word: content, fingerprint }]);
        arrivals.hasArrived(content, stored_at);
      }
    }
  }
}

function isWord(text: string, prefix: string): boolean {
  return text.startsWith(`${prefix}-`) && /\.[vab]\d+$/.test(text);
}

function everySoOften(act: () => Promise<void>, ms: number): { stop(): void } {
  let stopped = false;
  void (async () => {
    while (!stopped) {
      await act().catch(() => {});
      await pause(ms);
    }
  })();
  return { stop: () => void (stopped = true) };
}
