import type { TopicName } from '../topic.js';

/** Topics that bots write and Baton reads; all others are written by Baton. */
const WRITTEN_OUTSIDE: ReadonlySet<TopicName> = new Set(['bot-events']);

export function isWrittenOutside(topic: TopicName): boolean {
  return WRITTEN_OUTSIDE.has(topic);
}
