import type { Draft } from './entry.js';
import type { ToldAnswer, ToldDecision, ToldDelivery, ToldEffect, ToldOfAssistant, ToldOfConversation } from './told.js';
import { ofAnswer, ofSessionLine, ofSessionTurn } from './words/of-answer.js';
import { ofDecision } from './words/of-decision.js';
import { ofDelivery, ofEffect } from './words/of-effect.js';
import { ofLine, ofPromise, ofRating } from './words/of-line.js';

const isOf =
  <K extends string, T extends { readonly kind: string }>(kind: K) =>
  (one: T): one is Extract<T, { kind: K }> =>
    one.kind === kind;

/** What the orchestrator tells, in words, each with what brought it about. @param now ms */
export function entriesOfConversation(facts: readonly ToldOfConversation[], now: number): Draft[] {
  const decisions = facts.filter(isOf<'decision', ToldOfConversation>('decision'));
  const causes = causesOf(decisions);
  return facts.flatMap((fact): Draft[] => {
    switch (fact.kind) {
      case 'line': {
        const said = ofLine(fact);
        return [{ ...said, cause: causes.get(said.id) ?? null }];
      }
      case 'decision': {
        const told = ofDecision(fact);
        return told ? [told] : [];
      }
      case 'effect':
        return [ofEffect(fact, causes.get(`effect:${fact.id}`) ?? (fact.messageId ? `line:${fact.messageId}` : null))];
      case 'promise':
        return ofPromise(fact, now);
      case 'rating':
        return [ofRating(fact)];
    }
  });
}

/** Which decision brought each line and effect about. A line that brought a decision about is not its consequence. */
function causesOf(decisions: readonly ToldDecision[]): ReadonlyMap<string, string> {
  const causes = new Map<string, string>();
  for (const { id, detail } of decisions) {
    for (const line of detail.lines ?? []) if (line !== detail.messageId) causes.set(`line:${line}`, `decision:${id}`);
    for (const effect of detail.effects ?? []) causes.set(`effect:${effect}`, `decision:${id}`);
  }
  return causes;
}

export function entriesOfDeliveries(facts: readonly ToldDelivery[]): Draft[] {
  return facts.map(ofDelivery);
}

/** What the assistant tells; an effect of it belongs to its answer. */
export function entriesOfAssistant(facts: readonly ToldOfAssistant[]): Draft[] {
  return facts.flatMap((fact): Draft[] => {
    switch (fact.kind) {
      case 'line':
        return ofSessionLine(fact);
      case 'turn':
        return [ofSessionTurn(fact)];
      case 'answer':
        return [{ ...ofAnswer(fact), cause: questionOf(facts, fact) }];
      case 'effect':
        return [ofEffect(fact satisfies ToldEffect, fact.answerId ? `answer:${fact.answerId}` : null)];
    }
  });
}

/** The last line of the visitor that this answers. */
function questionOf(facts: readonly ToldOfAssistant[], { id }: ToldAnswer): string | null {
  const asked = facts.flatMap((fact) => (fact.kind === 'line' && 'answerId' in fact && fact.answerId === id ? [fact] : []));
  const last = asked.reduce<(typeof asked)[number] | undefined>((newest, one) => (newest && newest.at > one.at ? newest : one), undefined);
  return last ? `line:${last.id}` : null;
}
