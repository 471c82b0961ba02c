import type { ClientBase } from 'pg';
import { LETS_GO } from './judge-statement.js';

/** What code can see of a schema; all names sorted, so that two of them can be compared as text. */
export interface SchemaShape {
  readonly tables: Readonly<Record<string, TableShape>>;
  /** `name(argument types)` → result type. */
  readonly functions: Readonly<Record<string, string>>;
}

export interface TableShape {
  readonly columns: Readonly<Record<string, ColumnShape>>;
  /** Name → definition, of checks and foreign keys: what refuses rows. */
  readonly constraints: Readonly<Record<string, string>>;
  /** Columns and condition of each unique index: what refuses rows, and what `ON CONFLICT` lives by. */
  readonly unique: readonly string[];
  /** Triggers, by name. */
  readonly triggers: readonly string[];
}

export interface ColumnShape {
  readonly type: string;
  readonly nullable: boolean;
  /** The default or generated value, as Postgres writes it. */
  readonly value?: string;
}

/** Reads a schema from the catalogue; TypeORM's own table is left out. */
export async function readShape(client: ClientBase, schema: string): Promise<SchemaShape> {
  const { rows: columns } = await client.query<{ table: string; column: string; type: string; nullable: boolean; value: string | null }>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
            CASE WHEN a.attidentity <> '' THEN 'identity' WHEN a.attgenerated <> '' THEN 'generated ' || pg_get_expr(d.adbin, d.adrelid)
                 ELSE pg_get_expr(d.adbin, d.adrelid) END AS value
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p', 'v') AND c.relname <> 'migrations'
     ORDER BY c.relname COLLATE "C", a.attname COLLATE "C"`,
    [schema],
  );
  const { rows: constraints } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE c.relnamespace = to_regnamespace($1) AND k.contype IN ('c', 'f', 'x') AND c.relname <> 'migrations' ORDER BY c.relname COLLATE "C", k.conname COLLATE "C"`,
    [schema],
  );
  const { rows: unique } = await client.query<{ table: string; definition: string }>(
    `SELECT c.relname AS table, substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*$') AS definition
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE c.relnamespace = to_regnamespace($1) AND i.indisunique AND c.relname <> 'migrations' ORDER BY c.relname COLLATE "C", definition`,
    [schema],
  );
  const { rows: triggers } = await client.query<{ table: string; name: string }>(
    `SELECT c.relname AS table, t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = to_regnamespace($1) AND NOT t.tgisinternal ORDER BY 1, 2`,
    [schema],
  );
  const { rows: functions } = await client.query<{ name: string; result: string }>(
    `SELECT p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS name, pg_get_function_result(p.oid) AS result
     FROM pg_proc p WHERE p.pronamespace = to_regnamespace($1) ORDER BY p.proname COLLATE "C"`,
    [schema],
  );
  const own = (definition: string): string => definition.replaceAll(`${schema}.`, '');
  const tables: Record<string, TableShape> = {};
  for (const { table } of columns) {
    tables[table] ??= {
      columns: Object.fromEntries(
        columns
          .filter((one) => one.table === table)
          .map(({ column, type, nullable, value }) => [
            column,
            { type: own(type), nullable, ...(value === null ? {} : { value: own(value) }) },
          ]),
      ),
      constraints: Object.fromEntries(
        constraints.filter((one) => one.table === table).map(({ name, definition }) => [name, own(definition)]),
      ),
      unique: unique.filter((one) => one.table === table).map(({ definition }) => own(definition.trim())),
      triggers: triggers.filter((one) => one.table === table).map(({ name }) => name),
    };
  }
  return { tables, functions: Object.fromEntries(functions.map(({ name, result }) => [own(name), own(result)])) };
}

/** Why code that lived in `before` cannot live in `now`, one sentence each; empty when it does not feel the difference. */
export function whatIsMissing(before: SchemaShape, now: SchemaShape): string[] {
  const missing: string[] = [];
  for (const [table, shape] of Object.entries(before.tables)) {
    const kept = now.tables[table];
    if (kept) missing.push(...ofTable(shape, kept).map((reason) => `${table}${reason}`));
    else missing.push(`${table} is gone`);
  }
  for (const [table, { constraints }] of Object.entries(now.tables)) {
    if (!before.tables[table]) missing.push(...keptBy(table, constraints, before));
  }
  for (const [name, result] of Object.entries(before.functions)) {
    if (now.functions[name] === undefined) missing.push(`${name} is gone`);
    else if (now.functions[name] !== result) missing.push(`${name} returns ${now.functions[name]}, not ${result}`);
  }
  return missing;
}

/** Old rows that a new table's foreign keys keep from being deleted. */
function keptBy(table: string, constraints: TableShape['constraints'], before: SchemaShape): string[] {
  return Object.entries(constraints).flatMap(([name, definition]) => {
    const [, to] = /^FOREIGN KEY .* REFERENCES "?(\w+)"?\(/.exec(definition) ?? [];
    if (to === undefined || !before.tables[to] || LETS_GO.test(definition)) return [];
    return [`${to} has rows that ${table} keeps from being deleted: ${name} ${definition}`];
  });
}

function ofTable(before: TableShape, now: TableShape): string[] {
  const reasons: string[] = [];
  for (const [name, column] of Object.entries(before.columns)) {
    const kept = now.columns[name];
    if (!kept) reasons.push(`.${name} is gone`);
    else reasons.push(...ofColumn(column, kept).map((reason) => `.${name} ${reason}`));
  }
  for (const [name, { nullable, value }] of Object.entries(now.columns)) {
    if (!before.columns[name] && !nullable && value === undefined) reasons.push(`.${name} is new and must be filled in`);
  }
  for (const [name, definition] of Object.entries(now.constraints)) {
    const touchesOld = Object.keys(before.columns).some((column) => new RegExp(`\\b${column}\\b`).test(definition));
    if (before.constraints[name] !== definition && touchesOld) reasons.push(` has a constraint that was not there: ${name} ${definition}`);
  }
  for (const definition of before.unique) if (!now.unique.includes(definition)) reasons.push(` is no longer unique by ${definition}`);
  for (const definition of now.unique) {
    const touchesOld = Object.keys(before.columns).some((column) => new RegExp(`\\b${column}\\b`).test(definition));
    if (!before.unique.includes(definition) && touchesOld) reasons.push(` must be unique by ${definition}`);
  }
  for (const name of now.triggers) if (!before.triggers.includes(name)) reasons.push(` has a trigger that was not there: ${name}`);
  return reasons;
}

function ofColumn(before: ColumnShape, now: ColumnShape): string[] {
  return [
    ...(before.type === now.type ? [] : [`is ${now.type}, not ${before.type}`]),
    ...(before.nullable && !now.nullable ? ['may not be null any more'] : []),
    ...(!before.nullable && now.nullable ? ['may be null now'] : []),
    ...(before.value !== undefined && now.value === undefined ? ['has lost its default'] : []),
  ];
}
