import { HandoverSettingsSchema } from '@baton/contracts';
import { aPolicy, type Story } from '../conversation.builder.js';
import type { FloorPolicy } from '../policy.js';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** A bot whose handover settings are these. */
export function policyOf(handover: Record<string, unknown>, patch: Partial<FloorPolicy> = {}): FloorPolicy {
  return aPolicy({ handover: HandoverSettingsSchema.parse(handover), ...patch });
}

/** Texts of the notes that the last fact gave the agents. */
export function notesOf(story: Story): string[] {
  return story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-note' ? [action.work.text] : []));
}
