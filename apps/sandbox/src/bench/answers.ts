import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ChatboxVisitor, isOfAi } from '../journey/ai/chatbox-visitor.js';
import { CrispControl } from '../journey/crisp-control.js';
import { demoSources } from '../knowledge/demo-sources.js';
import { BotSources, loadKnowledge } from '../knowledge/load-knowledge.js';
import { HELPDESK_API_KEY, HELPDESK_WEBSITE } from '../platform/sandbox-crisp.js';
import { startPlatform } from '../platform/platform.js';
import { median } from './summary.js';

const QUESTIONS = new URL('../../knowledge/questions.jsonl', import.meta.url);
const ANSWERED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 200;

export interface AnswersOptions {
  /** Conversations that go on at once. */
  readonly conversations: number;
  /** In each of these places, visitors who come one after the other. */
  readonly questions: number;
  readonly say: (line: string) => void;
}

/**
 * How long visitors of Crisp's chat box wait for an answer, by Crisp's own clock from their last word to the AI's, the time in which a
 * burst is let finish included. Extractive answers, one replica of each service.
 */
export async function benchAnswers({ conversations, questions, say }: AnswersOptions): Promise<string> {
  const platform = await startPlatform({
    ports: 'free',
    without: ['dispatcher', 'messenger', 'demo-bot', 'site'],
    env: { ai: { LOG_LEVEL: 'warn' }, ingress: { LOG_LEVEL: 'warn' }, orchestrator: { LOG_LEVEL: 'warn' } },
    onProgress: say,
  });
  try {
    const pages = (await demoSources(platform.urls.site)).filter(({ json }) => json?.['kind'] !== 'page');
    const { chunks } = await loadKnowledge(new BotSources(platform.urls.ais[0]!, 'helpdesk', HELPDESK_API_KEY), pages);
    const asked = (await readFile(QUESTIONS, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    const crisp = new CrispControl(platform.urls.crisp);
    const talks = Array.from({ length: conversations }, (_, index) => index);
    say(`${conversations} conversations of ${questions} questions, ${chunks} passages are known`);
    await talk(crisp, asked, 0, 1);
    const waits = (await Promise.all(talks.map((index) => talk(crisp, asked, index * questions, questions)))).flat();
    const answered = waits.filter((wait) => wait !== undefined).sort((a, b) => a - b);
    const at = (quantile: number): number => answered[Math.floor(quantile * (answered.length - 1))] ?? 0;
    return JSON.stringify({
      bench: 'answers',
      conversations,
      asked: waits.length,
      unanswered: waits.length - answered.length,
      chunks,
      ms: { p50: median(answered), p95: at(0.95), max: at(1) },
    });
  } finally {
    await platform.stop();
  }
}

/** Visitors who come one after the other, each with a question; returns how long they waited in milliseconds, undefined where no answer came. */
async function talk(crisp: CrispControl, asked: readonly string[], from: number, count: number): Promise<(number | undefined)[]> {
  const waits: (number | undefined)[] = [];
  for (let question = from; question < from + count; question++) {
    const visitor = await ChatboxVisitor.enter(crisp, HELPDESK_WEBSITE, `Bench ${question}`);
    await visitor.writes(asked[question % asked.length]!);
    waits.push(await answerTo(visitor));
  }
  return waits;
}

async function answerTo(visitor: ChatboxVisitor): Promise<number | undefined> {
  const deadline = Date.now() + ANSWERED_WITHIN_MS;
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const { messages } = await visitor.transcript();
    const answer = messages.find((one) => isOfAi(one) && one.type === 'text');
    const last = messages.findLast(({ from }) => from === 'user');
    if (answer && last) return answer.stored_at - last.stored_at;
    if (Date.now() > deadline) return undefined;
  }
}
