import type { PERSON_BY } from '@baton/control-api';
import type { PrivacyRequest } from '@baton/control-api';

export type By = (typeof PERSON_BY)[number];

/** By what one looks for somebody. */
export const KNOWN_BY: Readonly<Record<By, { readonly label: string; readonly placeholder: string }>> = {
  email: { label: 'E-mail address', placeholder: 'ada@example.com' },
  'user-id': { label: 'User id that the bot told', placeholder: '10482' },
  conversation: { label: 'Conversation id', placeholder: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10' },
  messenger: { label: 'Messenger user id', placeholder: '6234567890123456' },
  'crisp-session': { label: 'Crisp session id', placeholder: 'session_…' },
};

const STEPS: Readonly<Record<PrivacyRequest['steps'][number]['step'], string>> = {
  orchestrator: 'conversations, transcripts, handovers',
  dispatcher: 'what was shown, files',
  ai: 'what the AI remembers',
  'control-plane': 'records put aside, earlier exports',
};

/** How far it is, in words. */
export function progressOf({ kind, steps, endedAt }: PrivacyRequest): string {
  if (endedAt !== null) return kind === 'export' ? 'Finished' : 'Erased';
  const next = steps.find(({ done }) => !done);
  if (!next) return 'Finishing';
  const nth = steps.indexOf(next) + 1;
  const what = `Step ${nth} of ${steps.length}: ${STEPS[next.step]}`;
  return next.waitsBecause === null ? what : `${what}. Waits: ${next.waitsBecause}`;
}

export function countOf(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? `1 ${one}` : `${n} ${many}`;
}
