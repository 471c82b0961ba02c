/** Variables that point a run at servers of somebody else's, or say how to speak with them. */
const IS_OF_GIVEN_SERVERS = /^(KAFKA_.+|DATABASE_URL|KNOWLEDGE_DATABASE_URL|KNOWLEDGE_SCHEMA|TOPIC_.+)$/;

/**
 * Whoever breaks, fills or measures servers starts his own: what the shell says of others, a production's brokers perhaps, is forgotten for this process
 * and all that it starts.
 * @returns what was forgotten
 */
export function leaveGivenServers(env: NodeJS.ProcessEnv = process.env): string[] {
  const names = Object.keys(env).filter((name) => IS_OF_GIVEN_SERVERS.test(name));
  for (const name of names) delete env[name];
  return names;
}
