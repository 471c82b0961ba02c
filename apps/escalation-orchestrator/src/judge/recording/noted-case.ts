import type { DecidedOutline } from '@baton/contracts';
import type { Conversation } from '../../floor/conversation.js';
import type { FloorPolicy } from '../../floor/policy.js';
import type { Case } from '../case.js';
import type { Writings } from '../writings.js';
import type { Knew } from './judged.js';

/**
 * Notes of one case while it is judged. What leaves no trace in the tables (an echo of our own words, a name that is known already) is not
 * noted either: it would need a statement of its own.
 */
export class NotedCase {
  private readonly decided: DecidedOutline[] = [];
  private readonly decisionsBefore: number;
  private known: Knew | null = null;
  private learned = false;
  private policyId: string | null = null;

  constructor(
    private readonly of: Case,
    private readonly before: Conversation,
    private readonly writings: Writings,
  ) {
    this.decisionsBefore = writings.decisions.length;
  }

  knew({ known, setByUs }: Knew, learned: boolean): void {
    this.known = known || setByUs ? { ...(known && { known }), ...(setByUs && { setByUs }) } : null;
    this.learned = learned;
  }

  judgedBy(id: string, policy: FloorPolicy): void {
    this.policyId = id;
    this.writings.policiesUsed.set(id, policy);
  }

  add(outline: DecidedOutline): void {
    this.decided.push(outline);
  }

  /** @param now ms */
  close(after: Conversation, now: number): void {
    const { of, before, writings } = this;
    if (after === before && !this.learned && writings.decisions.length === this.decisionsBefore) return;
    writings.judged.push({
      conversationId: of.conversationId,
      at: now,
      from: of.from,
      matter: of.from ? null : of.matter,
      knew: this.known,
      policyId: this.policyId,
      decided: this.decided,
    });
  }
}
