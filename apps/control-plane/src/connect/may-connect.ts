import type { BotSettings } from '@baton/contracts';
import type { ProblemCode } from '@baton/control-api';
import type { EntityManager } from 'typeorm';
import { ApiRefusal } from '../api/problem.js';

export interface Targets {
  /** Where Crisp may be called; without `/v1`. The first one is taken where nobody names another. */
  readonly crisp: readonly string[];
  /** Where Meta's Graph API may be called. */
  readonly graph: readonly string[];
}

/** Those of the platform, and the one that the environment names, which comes first. */
export function targetsOf(config: { readonly CRISP_API_URL: string; readonly META_GRAPH_URL: string }): Targets {
  return {
    crisp: [...new Set([config.CRISP_API_URL, 'https://api.crisp.chat'])],
    graph: [...new Set([config.META_GRAPH_URL, 'https://graph.facebook.com'])],
  };
}

/** Of a bot: what is asked of it here. */
type Connections = Pick<BotSettings, 'botId' | 'workspaceId' | 'crisp' | 'messenger'>;

/** A website and a page belong to who has them, and keys are sent to known addresses only. */
export class MayConnect {
  constructor(readonly targets: Targets) {}

  /**
   * Looks at what changes of a bot's connections; what stays as it is was allowed before, perhaps by the settings file.
   * @throws ApiRefusal with the field that is to blame
   */
  async require(after: Connections, before: Connections | undefined, manager: Pick<EntityManager, 'query'>): Promise<void> {
    const { crisp, messenger } = after;
    if (crisp && crisp.apiUrl !== before?.crisp?.apiUrl) requireTarget(this.targets.crisp, crisp.apiUrl, '/crisp/apiUrl');
    if (messenger && messenger.graphUrl !== before?.messenger?.graphUrl)
      requireTarget(this.targets.graph, messenger.graphUrl, '/messenger/graphUrl');
    if (crisp && crisp.websiteId !== before?.crisp?.websiteId) await requireFreeWebsite(after, crisp.websiteId, manager);
    if (messenger && messenger.pageId !== before?.messenger?.pageId) await requireFreePage(after, messenger.pageId, manager);
  }
}

/** @throws ApiRefusal when an address is none of those that this installation calls */
export function requireTarget(allowed: readonly string[], url: string, pointer: string): void {
  if (!isTarget(allowed, url)) throw refusal('invalid-request', pointer, `must be one that this installation calls: ${allowed.join(', ')}`);
}

/** The same address, however it is written. */
export function isTarget(allowed: readonly string[], url: string): boolean {
  const wanted = URL.parse(url);
  return wanted !== null && allowed.some((one) => plain(URL.parse(one)) === plain(wanted));
}

function plain(url: URL | null): string | undefined {
  return url?.href.replace(/\/+$/, '');
}

/** Of two who want the same at the same moment one waits until the other has it, or has not. */
async function wait(manager: Pick<EntityManager, 'query'>, whatFor: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [whatFor]);
}

async function requireFreeWebsite({ botId, workspaceId }: Connections, websiteId: string, manager: Pick<EntityManager, 'query'>) {
  await wait(manager, `website:${websiteId}`);
  const others: unknown[] = await manager.query(
    `SELECT 1 FROM documents WHERE kind = 'bot' AND id <> $1 AND workspace_id <> $2 AND body->'crisp'->>'websiteId' = $3 LIMIT 1`,
    [botId, workspaceId, websiteId],
  );
  if (others.length > 0)
    throw refusal('conflict', '/crisp/websiteId', 'is connected by another workspace of this installation; disconnect it there first');
}

async function requireFreePage({ botId }: Connections, pageId: string, manager: Pick<EntityManager, 'query'>) {
  await wait(manager, `page:${pageId}`);
  const others: unknown[] = await manager.query(
    `SELECT 1 FROM documents WHERE kind = 'bot' AND id <> $1 AND body->'messenger'->>'pageId' = $2 LIMIT 1`,
    [botId, pageId],
  );
  if (others.length > 0) throw refusal('conflict', '/messenger/pageId', 'speaks for another bot already; only one bot speaks on a page');
}

function refusal(code: ProblemCode, pointer: string, message: string): ApiRefusal {
  return new ApiRefusal(code, `${pointer}: ${message}`, { errors: [{ pointer, message }] });
}
