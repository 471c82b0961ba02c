import { REPLAY_FORMAT } from '@baton/contracts';
import type { ReplayAnswer, ReplayEntry, ReplayLine, ReplayOptions } from '@baton/contracts';
import type { Terminal } from '../run-baton.js';
import { Comparison } from './compare.js';
import type { Compared } from './compare.js';
import { changeInWords, comparedInWords, explained, timeInWords } from './in-words.js';
import { HERE, Program, ProgramFailed, programOf } from './programs.js';
import { readReplayArguments, REPLAY_HELP } from './replay-arguments.js';
import type { ReplayArguments } from './replay-arguments.js';
import { Counting, exitOf, REPLAY_EXIT, summaryInWords } from './summary.js';

const NOTHING_NOTED = 'Nothing is noted at all: the orchestrators run with JUDGED_DAYS=0, or have judged nothing since they note.';
const NOTHING_OF_THAT = 'Nothing is noted of that: is it within the JUDGED_DAYS of the orchestrators (7 unless said), and is the ID right?';

/** For people so many differences are told one by one. */
const MOST_TOLD = 200;

/** @param now ms @returns the exit code */
export async function runReplay(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Pick<Terminal, 'say' | 'complain'>,
  now = Date.now(),
): Promise<number> {
  const asked = readReplayArguments(args, now);
  if (asked === 'help') {
    terminal.say(REPLAY_HELP.trimEnd());
    return REPLAY_EXIT.same;
  }
  if ('wrong' in asked) {
    terminal.complain(`${asked.wrong} See baton replay --help.`);
    return REPLAY_EXIT.trouble;
  }
  try {
    return await new Replay(asked, terminal).run(env);
  } catch (error) {
    terminal.complain(error instanceof ProgramFailed ? error.message : `Something is wrong: ${String(error)}`);
    return REPLAY_EXIT.trouble;
  }
}

/** What is needed to run a program at all: the judging build is given no address and no secret, so that it cannot reach anything. */
const PLAIN_VARIABLES = ['PATH', 'HOME', 'TZ', 'LANG', 'LC_ALL', 'SystemRoot'];

class Replay {
  private readonly counting = new Counting();
  private readonly comparison = new Comparison();
  private readonly differing: Compared[] = [];
  private readonly waiting: ReplayEntry[] = [];
  private readonly linesOf = new Map<string, Readonly<Record<string, string>>>();
  private version = '';
  private nothingNoted = false;

  constructor(
    private readonly asked: ReplayArguments,
    private readonly terminal: Pick<Terminal, 'say' | 'complain'>,
  ) {}

  async run(env: NodeJS.ProcessEnv): Promise<number> {
    const { conversation, from, to, bot, limit, words, build, set, explain } = this.asked;
    const judging = programOf(build ?? HERE);
    const wanted = JSON.stringify({ conversation, from, to, bot, limit, words });
    const reader = new Program('The reading', programOf(HERE), ['read', wanted], env);
    const plain = Object.fromEntries(PLAIN_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
    const judge = new Program('The judging', judging, ['judge'], plain);
    try {
      const options: ReplayOptions = { type: 'options', format: REPLAY_FORMAT, set, explain, words };
      await judge.tell(options);
      await Promise.all([this.pass(reader, judge), this.hear(judge)]);
    } finally {
      reader.stop();
      judge.stop();
    }
    return this.tell();
  }

  private async pass(reader: Program, judge: Program): Promise<void> {
    for await (const given of reader.lines()) {
      const line = given as ReplayLine;
      if (line.type === 'hello') this.version = line.version;
      if (line.type === 'conversation' && line.lines) this.linesOf.set(line.conversationId, line.lines);
      if (line.type === 'entry') this.waiting.push(line);
      if (line.type === 'end') this.nothingNoted = line.nothingNoted === true;
      await judge.tell(line);
    }
    judge.tellNoMore();
  }

  private async hear(judge: Program): Promise<void> {
    for await (const given of judge.lines()) {
      const answer = given as ReplayAnswer | { readonly type: 'end' };
      if (answer.type !== 'judged') continue;
      const entry = this.waiting.shift();
      if (entry?.position !== answer.position || entry.conversationId !== answer.conversationId)
        throw new ProgramFailed('The judging build answered something that it was not asked.');
      this.take(entry, answer);
    }
    if (this.waiting.length > 0) throw new ProgramFailed(`The judging build left ${this.waiting.length} facts without an answer.`);
  }

  private take(entry: ReplayEntry, answer: ReplayAnswer): void {
    const { explain, json } = this.asked;
    if (answer.resumed) this.counting.wasResumed();
    const compared = this.comparison.compare(entry, answer);
    if (explain && !json) for (const line of explained(entry, answer, this.linesOf.get(entry.conversationId))) this.terminal.say(line);
    if (explain && json)
      this.terminal.say(JSON.stringify({ explained: { ...answer, then: entry.decided, leadsUp: entry.leadsUp ?? false } }));
    if (entry.leadsUp) return this.counting.ledUp();
    this.counting.count(compared);
    if (compared.verdict !== 'same') this.differing.push(compared);
    if (explain && !json) for (const line of comparedInWords(compared).slice(2)) this.terminal.say(line);
  }

  private tell(): number {
    const { differing, counting, version } = this;
    const { say, complain } = this.terminal;
    const { summary } = counting;
    const { json, explain } = this.asked;
    if (json) {
      const differences = differing.map((one) => ({ ...one, at: timeInWords(one.at), inWords: one.changes.map(changeInWords) }));
      say(JSON.stringify({ format: REPLAY_FORMAT, version, summary, differences }, null, explain ? undefined : 2));
    } else {
      if (!explain) for (const one of differing.slice(0, MOST_TOLD)) for (const line of comparedInWords(one)) say(line);
      if (!explain && differing.length > MOST_TOLD) say(`… and ${differing.length - MOST_TOLD} more: --json tells all.`);
      for (const line of summaryInWords(summary)) say(line);
    }
    if (summary.facts === 0) complain(this.nothingNoted ? NOTHING_NOTED : NOTHING_OF_THAT);
    return exitOf(summary, this.asked.allowUnsure);
  }
}
