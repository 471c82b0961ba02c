import { derivedId } from '@baton/contracts';
import { newFingerprint, splitText } from '@baton/crisp';
import type { Effect, EffectPlan, Json } from '@baton/effects';
import type { UsedChunk } from '@baton/knowledge';
import type { Receipt } from '../../receipts/receipt.js';
import type { Session } from '../session.js';

/** Where something is to be written. */
interface Where {
  readonly sessionId: string;
  readonly websiteId: string;
  readonly botId: string;
  readonly workspaceId: string;
}

/** A part of an answer, to be said to the visitor. */
export interface SayTask extends Where {
  readonly answerId: string;
  readonly epoch: number;
  /** From 0. */
  readonly part: number;
  readonly text: string;
  /** All parts together. */
  readonly whole: string;
  /** Chosen before the call, so that the echo is known and a doubt can be closed. */
  readonly fingerprint: number;
  readonly kind: Receipt['kind'];
  /** The visitor's lines that it answers. */
  readonly asked: readonly number[];
  readonly used: readonly UsedChunk[];
  readonly quotaEntryId: string | null;
  /** For agents, once the visitor has the answer: a human is needed. */
  readonly note: string | null;
  /** The plan has no answers left, and no human is promised. */
  readonly withoutHuman: boolean;
  /** By our clock (ms), when the visitor's last line came. */
  readonly askedAt: number;
}

/** A private note of ours. */
export interface NoteTask extends Where {
  readonly text: string;
  readonly fingerprint: number;
  /** What it is about: the property's value behind our name. */
  readonly about: string;
  /** The conversation is put among those in work, so that agents see it. */
  readonly calls: boolean;
}

export const SAY = 'say';
export const NOTE = 'note';

export function sayTaskOf(effect: Effect): SayTask {
  return effect.payload as unknown as SayTask;
}

export function noteTaskOf(effect: Effect): NoteTask {
  return effect.payload as unknown as NoteTask;
}

export function targetOf(websiteId: string): string {
  return `crisp:${websiteId}`;
}

export function websiteOfTarget(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

/** An answer that was not said by then is of no use any more (ms). */
const ANSWER_WITHIN = 60_000;
/** The same for what agents are told (ms). */
const NOTE_WITHIN = 3_600_000;

export function whereOf({ sessionId, websiteId, botId, workspaceId }: Session): Where {
  return { sessionId, websiteId, botId, workspaceId };
}

/** One effect for each part, in the session's lane. `now` is our clock (ms). */
export function sayPlans(task: Omit<SayTask, 'part' | 'text' | 'fingerprint'>, now: number): EffectPlan[] {
  return splitText(task.whole).map((text, part): EffectPlan => {
    const payload: SayTask = { ...task, text, part, fingerprint: newFingerprint(now + part) };
    return plan(SAY, payload, derivedId('say', task.answerId, part), new Date(now + ANSWER_WITHIN), 'high');
  });
}

/** The same note planned twice is planned once: `about` names it. */
export function notePlans(task: Omit<NoteTask, 'fingerprint'>, now: number): EffectPlan[] {
  return splitText(task.text).map((text, part): EffectPlan => {
    const payload: NoteTask = { ...task, text, fingerprint: newFingerprint(now + part), calls: task.calls && part === 0 };
    return plan(NOTE, payload, derivedId('note', task.sessionId, task.about, part), new Date(now + NOTE_WITHIN), 'low');
  });
}

function plan(kind: string, payload: SayTask | NoteTask, id: string, deadline: Date, budget: 'high' | 'low'): EffectPlan {
  const { sessionId, websiteId } = payload;
  return { id, lane: sessionId, target: targetOf(websiteId), kind, payload: payload as unknown as Json, deadline, onDoubt: 'drop', budget };
}
