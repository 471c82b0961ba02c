/** A migration did not get its table: another transaction holds it. Nothing was changed. */
export class TableHeld extends Error {
  override readonly name = 'TableHeld';
  readonly code = 'table-held';

  constructor(migration: string, withinMs: number, cause: unknown) {
    super(
      `${migration} did not get its table within ${withinMs / 1_000} s, for another transaction holds it; ` +
        'pg_stat_activity tells which are open for long (xact_start)',
      { cause },
    );
  }
}

/** Postgres: a lock was not to be had in time (55P03), or two stood in each other's way (40P01). */
export function isHeldByAnother(error: unknown): boolean {
  const code = error instanceof Error && 'driverError' in error ? (error.driverError as { code?: unknown }).code : undefined;
  return code === '55P03' || code === '40P01';
}
