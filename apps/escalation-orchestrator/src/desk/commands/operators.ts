import { SharedAnswers } from '../shared-answers.js';

/** Who left is obeyed no longer than this (ms). */
const KNOWN_FOR = 300_000;
/** Who just came is asked for so soon again (ms). */
const ASKED_AGAIN = 10_000;

/** Who works for a website: asked for anew where somebody is not among those known. */
export class Operators {
  private readonly known: SharedAnswers<readonly string[]>;
  private readonly anew: SharedAnswers<readonly string[]>;

  /** @param now ms */
  constructor(now: () => number) {
    this.known = new SharedAnswers(now, KNOWN_FOR);
    this.anew = new SharedAnswers(now, ASKED_AGAIN);
  }

  async has(websiteId: string, operatorId: string, ask: () => Promise<readonly string[]>): Promise<boolean> {
    if ((await this.known.of(websiteId, () => this.anew.of(websiteId, ask))).includes(operatorId)) return true;
    return (await this.anew.of(websiteId, ask)).includes(operatorId);
  }
}
