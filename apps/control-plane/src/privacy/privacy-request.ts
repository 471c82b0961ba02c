import type { Author, PrivacyRequest } from '@baton/control-api';
import { PRIVACY_STEPS, TOPIC_DAYS } from '@baton/control-api';
import type { Erased, Numbering, Subjects } from '@baton/passes';

export type StepName = (typeof PRIVACY_STEPS)[number];
export type Step = PrivacyRequest['steps'][number];

/** A request as it is kept. */
export interface KeptRequest {
  readonly requestId: string;
  readonly workspaceId: string;
  readonly kind: 'export' | 'erase';
  readonly author: Author;
  readonly subjects: Subjects & { readonly numbering?: readonly Numbering[] };
  readonly atCrisp: boolean;
  readonly steps: readonly Step[];
  readonly crisp: Erased['crisp'];
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly resultUntil: Date | null;
}

const DAY_MS = 86_400_000;

/** Words are no longer made before they are no longer brought: in this order the steps are gone. */
export function stepsOf(kind: KeptRequest['kind']): Step[] {
  const steps = kind === 'erase' ? PRIVACY_STEPS : PRIVACY_STEPS.filter((step) => step !== 'control-plane');
  return steps.map((step) => ({ step, done: false, rows: 0, waitsBecause: null }));
}

export const nextStep = ({ steps }: Pick<KeptRequest, 'steps'>): StepName | undefined => steps.find(({ done }) => !done)?.step;

export function withStep(steps: readonly Step[], name: StepName, change: Partial<Step>): Step[] {
  return steps.map((step) => (step.step === name ? { ...step, ...change } : step));
}

/** As owners see it. */
export function shownOf(request: KeptRequest): PrivacyRequest {
  const { requestId, kind, author, subjects, steps, crisp, createdAt, endedAt, resultUntil } = request;
  const isErased = kind === 'erase' && endedAt !== null;
  return {
    ...{ requestId, kind, by: author, steps: [...steps], crisp: [...crisp] },
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    conversations: subjects.conversationIds.length,
    sessions: subjects.sessionIds.length,
    resultUntil: resultUntil?.toISOString() ?? null,
    goneFromTopicsAt: isErased ? new Date(endedAt.getTime() + TOPIC_DAYS * DAY_MS).toISOString() : null,
  };
}
