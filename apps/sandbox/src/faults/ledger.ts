/** Everything that was said and everything that was seen in one fault run, and what of it is wrong. Words are named by unique texts. */
export class Ledger {
  private readonly conversations = new Map<string, Conversation>();

  /** The visitor's channel took his word (it was acknowledged). */
  visitorSaid(conversation: string, word: string, toWhom: 'agent' | 'bot'): void {
    (toWhom === 'agent' ? this.of(conversation).forAgents : this.of(conversation).forBot).push(word);
  }

  /** The agent's message stands in Crisp. */
  agentSaid(conversation: string, word: string): void {
    this.of(conversation).byAgent.push(word);
  }

  /** A line appeared on the visitor's screen, with its place in his log. */
  visitorSaw(conversation: string, seq: number, word: string): void {
    this.of(conversation).seen.push({ seq, word });
  }

  /** What stands in Crisp from the visitor, in its order, with the fingerprint each was posted with. */
  agentsSee(conversation: string, messages: readonly { word: string; fingerprint: number }[]): void {
    this.of(conversation).atDesk.push(...messages);
  }

  botHeard(conversation: string, word: string): void {
    this.of(conversation).heard.push(word);
  }

  /** Words of agents that have not been seen, and words for agents that do not stand in Crisp yet. */
  get outstanding(): number {
    let count = 0;
    for (const { byAgent, seen } of this.conversations.values()) {
      const shown = new Set(seen.map(({ word }) => word));
      count += byAgent.filter((word) => !shown.has(word)).length;
    }
    return count;
  }

  verdict(): Verdict {
    const verdict: Verdict = {
      conversations: this.conversations.size,
      words: 0,
      lost: [],
      twice: [],
      outOfOrder: [],
      gaps: [],
      inDoubt: 0,
    };
    for (const [id, conversation] of this.conversations) judge(id, conversation, verdict);
    return verdict;
  }

  private of(id: string): Conversation {
    let conversation = this.conversations.get(id);
    if (!conversation) {
      conversation = { forAgents: [], forBot: [], byAgent: [], seen: [], atDesk: [], heard: [] };
      this.conversations.set(id, conversation);
    }
    return conversation;
  }
}

interface Conversation {
  readonly forAgents: string[];
  readonly forBot: string[];
  readonly byAgent: string[];
  readonly seen: { seq: number; word: string }[];
  readonly atDesk: { word: string; fingerprint: number }[];
  readonly heard: string[];
}

export interface Verdict {
  conversations: number;
  /** How many words were said by agents and visitors in all. */
  words: number;
  readonly lost: string[];
  readonly twice: string[];
  readonly outOfOrder: string[];
  /** Places missing in a visitor's log. */
  readonly gaps: string[];
  /**
   * Words of a visitor that stand twice in Crisp under one fingerprint: the first call's outcome was unknown and Crisp
   * did not show it when asked. No check can close this; it is counted apart.
   */
  inDoubt: number;
}

function judge(id: string, conversation: Conversation, verdict: Verdict): void {
  const { forAgents, forBot, byAgent, seen, atDesk, heard } = conversation;
  verdict.words += forAgents.length + forBot.length + byAgent.length;
  const tell = (list: string[], what: string) => list.push(`${id}: ${what}`);

  const screen = dedupe(seen.map(({ word }) => word));
  compare(
    byAgent,
    screen.once,
    (word) => tell(verdict.lost, `agent's "${word}" never reached the visitor`),
    (word) => tell(verdict.outOfOrder, `agent's "${word}" on the screen`),
  );
  for (const word of screen.again) tell(verdict.twice, `"${word}" twice on the screen`);

  const desk = new Map<string, Set<number>>();
  const order: string[] = [];
  for (const { word, fingerprint } of atDesk) {
    const fingerprints = desk.get(word);
    if (!fingerprints) {
      desk.set(word, new Set([fingerprint]));
      order.push(word);
    } else if (fingerprints.has(fingerprint)) verdict.inDoubt += 1;
    else tell(verdict.twice, `visitor's "${word}" twice in Crisp`);
  }
  compare(
    forAgents,
    order,
    (word) => tell(verdict.lost, `visitor's "${word}" never reached Crisp`),
    (word) => tell(verdict.outOfOrder, `visitor's "${word}" in Crisp`),
  );

  const bot = dedupe(heard);
  for (const word of forBot) if (!bot.once.includes(word)) tell(verdict.lost, `visitor's "${word}" never reached the bot`);

  const places = [...new Set(seen.map(({ seq }) => seq))].sort((a, b) => a - b);
  for (let i = 1; i < places.length; i += 1) if (places[i]! !== places[i - 1]! + 1) tell(verdict.gaps, `${places[i - 1]} to ${places[i]}`);
}

function dedupe(words: readonly string[]): { once: string[]; again: string[] } {
  const known = new Set<string>();
  const again: string[] = [];
  for (const word of words) {
    if (known.has(word)) again.push(word);
    known.add(word);
  }
  return { once: [...known], again };
}

/** What is missing from `got`, and what came earlier than something said before it. */
function compare(said: readonly string[], got: readonly string[], missing: (word: string) => void, early: (word: string) => void): void {
  const place = new Map(got.map((word, index) => [word, index]));
  let last = -1;
  for (const word of said) {
    const at = place.get(word);
    if (at === undefined) missing(word);
    else if (at < last) early(word);
    else last = at;
  }
}
