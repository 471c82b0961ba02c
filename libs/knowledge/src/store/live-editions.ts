/**
 * The editions that searches of a scope see, as a common table expression: `$1` is the workspace, `$2` the bot. Every statement that
 * finds something begins here, so that nothing of another scope, of a source switched off or of one taken away can be found.
 */
export const LIVE_EDITIONS = `live AS MATERIALIZED (
  SELECT editions.no AS edition, sources.no AS source
  FROM scopes
  JOIN sources ON sources.scope = scopes.no AND sources.enabled
  JOIN editions ON editions.scope = scopes.no AND editions.source = sources.no AND editions.live
  WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2
)`;
