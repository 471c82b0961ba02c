import type { Outside } from '@baton/outside';
import robotsModule from 'robots-parser';
import type { PageProblem } from './page-problem.js';

/** Its types tell of a default export that the module, which is older than those, does not have. */
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

/** The name under which `robots.txt` speaks to us. */
export const ROBOTS_NAME = 'BatonBot';
export const USER_AGENT = `Mozilla/5.0 (compatible; ${ROBOTS_NAME}/1.0)`;

/** RFC 9309, 2.5: at least 500 KiB are read. */
export const MAX_ROBOTS_BYTES = 512 * 1_024;
/** A site that asks for more patience than this gets so much. */
const MAX_DELAY_MS = 10_000;

export interface RobotsRules {
  /** Why a page may not be read; undefined when it may. */
  refuses(url: string): PageProblem | undefined;
  /** Between two pages of the host. */
  readonly delayMs: number;
  readonly sitemaps: readonly string[];
}

/**
 * The rules of a host, from what came of asking for its `robots.txt`. Without such a file everything may be read; while the host cannot say
 * what its rules are, nothing may (RFC 9309, 2.3.1).
 */
export function rulesFrom(robotsUrl: string, answer: Outside): RobotsRules {
  if ('retry' in answer) return { refuses: () => 'page.robots-unreachable', delayMs: 0, sitemaps: [] };
  if (!('content' in answer)) return { refuses: () => undefined, delayMs: 0, sitemaps: [] };
  const rules = robotsParser(robotsUrl, answer.content.bytes.toString('utf8'));
  return {
    refuses: (url) => (rules.isAllowed(url, ROBOTS_NAME) === false ? 'page.robots' : undefined),
    delayMs: Math.min(MAX_DELAY_MS, Math.max(0, (rules.getCrawlDelay(ROBOTS_NAME) ?? 0) * 1_000 || 0)),
    sitemaps: rules.getSitemaps(),
  };
}
