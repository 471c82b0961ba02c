import type { Scope } from '@baton/control-api';

/** What the parts of a workspace are called, and what a key that is let into them reaches. */
export const SCOPE_WORDS: Readonly<Record<Scope, { readonly name: string; readonly reaches: string }>> = {
  bots: { name: 'Bots', reaches: 'bots with their settings, their connections and versions' },
  knowledge: { name: 'Knowledge', reaches: 'sources of knowledge, and questions asked to try them' },
  conversations: { name: 'Conversations', reaches: 'what visitors, bots and agents said' },
  operations: { name: 'Operations', reaches: 'alarms, dead letters, usage and the audit log' },
  members: { name: 'Members', reaches: 'people and their roles: with the role of an owner it can let anybody in' },
  privacy: { name: 'Privacy', reaches: 'export and erasure of a person, and how long things are kept' },
};

/** How long a key may last, in days; `0` stands for no end. */
export const LASTING_CHOICES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'No end' },
];
