import type { DeadLetterState } from '@baton/control-api';

interface ReasonWords {
  readonly title: string;
  /** What was wrong. */
  readonly meaning: string;
  /** Whether sending it again can help, and what to do before. */
  readonly todo: string;
}

const REASONS: Readonly<Record<string, ReasonWords>> = {
  'not-an-event': {
    title: 'Not an event',
    meaning:
      'The record lacks what every event has, such as its id or its type. Something wrote to the topic that should not, or forgot the headers.',
    todo: 'Find out who wrote it. Sending it again as it is fails again.',
  },
  'not-json': {
    title: 'Not readable',
    meaning: 'The body is no JSON. It was cut off, or written by something else.',
    todo: 'Mend the program that wrote it. Sending it again as it is fails again.',
  },
  'unknown-type': {
    title: 'Unknown kind of event',
    meaning: 'The service does not know this kind of event. Often it is older than whoever wrote it.',
    todo: 'Bring the service up to date, then replay.',
  },
  'unknown-version': {
    title: 'Unknown version',
    meaning: 'The event has a version that the service does not know. Often it is older than whoever wrote it.',
    todo: 'Bring the service up to date, then replay.',
  },
  'invalid-data': {
    title: 'Fields missing or wrong',
    meaning: 'It is an event, but a field of it is missing or has a value that is not allowed.',
    todo: 'Mend the program that wrote it, often a bot. Sending it again as it is fails again.',
  },
  'handler-refused': {
    title: 'Cannot be done',
    meaning: 'The service understood it and says that it can never be done as things stand, for example because the bot is gone.',
    todo: 'Change what stands in the way, then replay.',
  },
  'handler-failed': {
    title: 'The service failed',
    meaning: 'The service broke while it handled this record, several times. That is a fault of the service, not of whoever wrote it.',
    todo: 'Tell the platform team, with the sentence below. When the fault is mended, replay.',
  },
};

export function reasonWords(reason: string): ReasonWords {
  return (
    REASONS[reason] ?? { title: reason, meaning: 'The service could not handle it.', todo: 'Look at what it says below, then replay.' }
  );
}

export const STATES: Readonly<Record<DeadLetterState, { readonly label: string; readonly color: string }>> = {
  open: { label: 'Open', color: 'red' },
  replayed: { label: 'Replayed', color: 'teal' },
  dismissed: { label: 'Dismissed', color: 'gray' },
};

const SERVICES: Readonly<Record<string, string>> = {
  'escalation-orchestrator': 'Escalation orchestrator',
  'channel-dispatcher': 'Channel dispatcher',
  'ai-auto-reply': 'AI',
  'control-plane': 'Control plane',
};

export function serviceWords(service: string): string {
  return SERVICES[service] ?? service;
}

/** `delivery-receipts` is “delivery receipts”. */
export function topicWords(topic: string): string {
  return topic.replaceAll('-', ' ');
}

/** 1,536 bytes are “1.5 KB”. */
export function sizeWords(bytes: number): string {
  return bytes < 1_000 ? `${bytes} bytes` : `${(bytes / 1_024).toFixed(bytes < 102_400 ? 1 : 0)} KB`;
}
