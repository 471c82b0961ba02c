import type { TriedAnswer } from '@baton/control-api';
import { useSyncExternalStore } from 'react';

/** A question that was asked in this tab of the browser, and what became of it. */
export interface KeptQuestion {
  readonly id: number;
  readonly question: string;
  readonly answer?: TriedAnswer;
  readonly error?: Error;
}

const NONE: readonly KeptQuestion[] = [];
/** Of one bot; the oldest are forgotten. */
const MOST = 50;

const kept = new Map<string, readonly KeptQuestion[]>();
const listeners = new Set<() => void>();
let count = 0;

function set(botId: string, questions: readonly KeptQuestion[]): void {
  kept.set(botId, questions.slice(-MOST));
  for (const listener of listeners) listener();
}

/** Keeps a question that is being asked. @returns its id */
export function begin(botId: string, question: string): number {
  const id = (count += 1);
  set(botId, [...(kept.get(botId) ?? NONE), { id, question }]);
  return id;
}

/** Keeps what became of it. */
export function end(botId: string, id: number, outcome: Pick<KeptQuestion, 'answer' | 'error'>): void {
  set(
    botId,
    (kept.get(botId) ?? NONE).map((one) => (one.id === id ? { ...one, ...outcome } : one)),
  );
}

/** Forgets all of a bot: a new conversation begins. */
export function forget(botId: string): void {
  set(botId, NONE);
}

/** The questions that were asked of a bot, oldest first; they stay while one looks at other pages. */
export function useKeptQuestions(botId: string): readonly KeptQuestion[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => kept.get(botId) ?? NONE,
  );
}
