import type { Health } from './health/health.js';
import { gauge } from './metrics.js';
import { METRICS } from './names.js';

/** What a service knows of its topics. */
export interface WatchedTopics {
  readonly findings: readonly { readonly topic: string; readonly setting: string }[];
  readonly missing: string | undefined;
}

/** Shows in what a service's topics are not as they should be; the service is not ready while one that it needs is missing. */
export function watchTopicDrift(topics: WatchedTopics, health: Health): void {
  health.readiness('topics', () => topics.missing);
  gauge(METRICS.topicDrift, (of) => {
    of.reset();
    for (const { topic, setting } of topics.findings) of.set({ topic, setting }, 1);
  });
}
