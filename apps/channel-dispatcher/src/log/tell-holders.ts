/** Postgres takes 8,000 bytes in one notice; an id needs 40. */
const PER_NOTICE = 100;

/**
 * Two parts of a WITH clause: `told` notifies every other living replica that holds sockets of these conversations. They hear of it when
 * the transaction commits. `told` must be asked for (`SELECT count(*) FROM told`), else Postgres leaves it out.
 *
 * @param written a query of the conversations' ids, as `id`
 * @param instance the parameter that names this replica
 */
export function tellHolders(written: string, instance: `$${number}`): string {
  return `
    holders AS (
      SELECT p.instance, p.conversation_id, (row_number() OVER (PARTITION BY p.instance) - 1) / ${PER_NOTICE} AS part
      FROM (${written}) w JOIN presence p ON p.conversation_id = w.id JOIN replicas r ON r.instance = p.instance
      WHERE p.instance <> ${instance} AND r.lease_until > now()
    ), told AS MATERIALIZED (
      SELECT pg_notify('dispatcher_' || instance, json_build_object('written', json_agg(conversation_id))::text)
      FROM holders GROUP BY instance, part
    )`;
}
