import type { MigrationInterface, QueryRunner } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** What a migration may say of itself beside TypeORM's own members. */
export interface Declared {
  /** It takes away what only releases up to this one used: allowed when this one is older than the previous release. */
  readonly contract?: { readonly lastUsedIn: string; readonly because: string };
  /** Tables that stay so small that a lock on them is over at once. */
  readonly small?: { readonly tables: readonly string[]; readonly because: string };
}

export interface ReadMigration extends Declared {
  readonly name: string;
  readonly statements: readonly string[];
  /** False when it asks to run outside a transaction, which `CONCURRENTLY` needs. */
  readonly inTransaction: boolean;
}

/**
 * What a migration would run, read without a database: whatever it asks answers with no rows.
 * @throws Error when it uses more of TypeORM than `runner.query`, or takes parameters: what is built at run time cannot be judged
 */
export async function readMigration(migration: MigrationClass): Promise<ReadMigration> {
  const instance = new migration() as MigrationInterface & Declared;
  const name = instance.name ?? migration.name;
  const statements: string[] = [];
  const runner = new Proxy({} as QueryRunner, {
    get(_, member) {
      if (member !== 'query') throw new Error(`${name} uses ${String(member)} of the query runner; only plain statements can be judged`);
      return async (sql: string, parameters?: readonly unknown[]) => {
        if (parameters !== undefined && parameters.length > 0)
          throw new Error(`${name} runs a statement with parameters; they cannot be judged`);
        statements.push(...splitStatements(sql));
        return [];
      };
    },
  });
  await instance.up(runner);
  return {
    ...{ name, statements, inTransaction: instance.transaction !== false },
    ...(instance.contract ? { contract: instance.contract } : {}),
    ...(instance.small ? { small: instance.small } : {}),
  };
}

/** Statements of a text, on one line each, without comments; what is quoted is left alone. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let current = '';
  for (const [piece] of sql.matchAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|(\$\w*\$)[\s\S]*?\1|;|[^;'"$\-/]+|[\s\S]/g)) {
    if (piece.startsWith('--') || piece.startsWith('/*')) current += ' ';
    else if (piece === ';') {
      statements.push(current);
      current = '';
    } else current += /^['"$]/.test(piece) ? piece : piece.replaceAll(/\s+/g, ' ');
  }
  return [...statements, current].map((statement) => statement.trim()).filter((statement) => statement !== '');
}
