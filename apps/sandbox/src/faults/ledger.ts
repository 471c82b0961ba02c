/** Everything that was said and everything that was seen in one fault run, and what of it is wrong. Words are named by unique texts. */
export class Ledger {
  private readonly conversations = new Map<string, Conversation>();
  private doubts = 0;

  /** The visitor's channel took his word (it was acknowledged): somebody must hear it, whoever has the floor. */
  visitorSaid(conversation: string, word: string): void {
    this.of(conversation).said.push(word);
  }

  /** The agent's message stands in Crisp. */
  agentSaid(conversation: string, word: string): void {
    this.of(conversation).byAgent.push(word);
  }

  /** A line appeared on the visitor's screen, with its place in his log; `word` is empty for lines that are no words of this run. */
  visitorSaw(conversation: string, seq: number, word: string): void {
    this.of(conversation).seen.push({ seq, word });
  }

  /** What stands in Crisp from the visitor, in its order, with the fingerprint each was posted with. */
  agentsSee(conversation: string, messages: readonly { word: string; fingerprint: number }[]): void {
    this.of(conversation).atDesk.push(...messages);
  }

  /** The platform itself told of this word late: its hook was lost, overtaken or had to be sent again. Its order proves nothing. */
  toldLate(conversation: string, word: string): void {
    this.of(conversation).late.add(word);
  }

  /** A message stands on the screen again, and nobody could know that it had arrived. */
  sentAgainInDoubt(): void {
    this.doubts += 1;
  }

  botHeard(conversation: string, word: string): void {
    this.of(conversation).heard.add(word);
  }

  /** Forgets what was seen on screens and in Crisp, to be told anew; keeps what was said and what the bot heard. */
  lookAgain(): void {
    for (const conversation of this.conversations.values()) {
      conversation.seen.length = 0;
      conversation.atDesk.length = 0;
    }
    this.doubts = 0;
  }

  verdict(): Verdict {
    const verdict: Verdict = {
      conversations: this.conversations.size,
      words: 0,
      lost: [],
      twice: [],
      outOfOrder: [],
      gaps: [],
      inDoubt: this.doubts,
      toldLate: 0,
    };
    for (const [id, conversation] of this.conversations) judge(id, conversation, verdict);
    return verdict;
  }

  private of(id: string): Conversation {
    let conversation = this.conversations.get(id);
    if (!conversation) {
      conversation = { said: [], byAgent: [], seen: [], atDesk: [], heard: new Set(), late: new Set() };
      this.conversations.set(id, conversation);
    }
    return conversation;
  }
}

interface Conversation {
  readonly said: string[];
  readonly byAgent: string[];
  readonly seen: { seq: number; word: string }[];
  readonly atDesk: { word: string; fingerprint: number }[];
  readonly heard: Set<string>;
  readonly late: Set<string>;
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
   * Words that stand twice in Crisp under one fingerprint, or twice in Messenger under one mark: the first call's outcome was unknown, and
   * neither a look nor an echo told. No check can close this; it is counted apart.
   */
  inDoubt: number;
  /** Words whose hooks Crisp or Messenger lost, overtook or had to send again. */
  toldLate: number;
}

function judge(id: string, { said, byAgent, seen, atDesk, heard, late }: Conversation, verdict: Verdict): void {
  verdict.words += said.length + byAgent.length;
  const tell = (list: string[], what: string) => list.push(`${id}: ${what}`);

  const screen = dedupe(seen.flatMap(({ word }) => (word === '' ? [] : [word])));
  for (const word of screen.again) tell(verdict.twice, `"${word}" twice on the screen`);
  for (const word of missing(byAgent, screen.once)) tell(verdict.lost, `agent's "${word}" never reached the visitor`);
  verdict.toldLate += late.size;
  for (const word of outOfOrder(
    byAgent.filter((one) => !late.has(one)),
    screen.once,
  ))
    tell(verdict.outOfOrder, `agent's "${word}" on the screen`);

  const fingerprints = new Map<string, Set<number>>();
  for (const { word, fingerprint } of atDesk) {
    const known = fingerprints.get(word);
    if (!known) fingerprints.set(word, new Set([fingerprint]));
    else if (known.has(fingerprint)) verdict.inDoubt += 1;
    else tell(verdict.twice, `visitor's "${word}" twice in Crisp`);
  }
  const desk = [...fingerprints.keys()];
  for (const word of missing(said, [...desk, ...heard])) tell(verdict.lost, `visitor's "${word}" reached neither Crisp nor the bot`);
  for (const word of outOfOrder(
    said.filter((one) => !late.has(one)),
    desk,
  ))
    tell(verdict.outOfOrder, `visitor's "${word}" in Crisp`);

  const places = [...new Set(seen.map(({ seq }) => seq))].sort((a, b) => a - b);
  for (let i = 1; i < places.length; i += 1) {
    if (places[i]! !== places[i - 1]! + 1) tell(verdict.gaps, `${places[i - 1]} to ${places[i]}`);
  }
}

function missing(said: readonly string[], got: readonly string[]): string[] {
  const there = new Set(got);
  return said.filter((word) => !there.has(word));
}

/** What stands before something that was said earlier; what is not there at all is not counted here. */
function outOfOrder(said: readonly string[], got: readonly string[]): string[] {
  const place = new Map(got.map((word, index) => [word, index]));
  let last = -1;
  return said.filter((word) => {
    const at = place.get(word);
    if (at === undefined) return false;
    if (at < last) return true;
    last = at;
    return false;
  });
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
