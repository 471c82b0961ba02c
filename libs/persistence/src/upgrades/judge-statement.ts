/** What a statement does to a release that still runs on the tables. */
export interface Objection {
  /**
   * `breaks`: code of the previous release fails or goes wrong. `locks`: a big table stands still meanwhile. `unknown`: nobody taught the rule.
   */
  readonly kind: 'breaks' | 'locks' | 'unknown';
  readonly table?: string;
  readonly because: string;
}

const NAME = String.raw`(?:"?\w+"?\.)?"?(\w+)"?`;
const VOLATILE = /\b(random|gen_random_uuid|uuidv[47]|clock_timestamp|timeofday|nextval|statement_timestamp)\s*\(/i;

/** Whatever it is about, it does no harm: it makes something new, or tells Postgres how to look after a table. */
const HARMLESS: readonly RegExp[] = [
  /^create (schema|extension|type|sequence|view|domain) /i,
  /^create function /i,
  /^comment on /i,
  /^(set|grant|analyze) /i,
  /^alter type \S+ add value /i,
];

type Reason = Omit<Objection, 'table'>;
const breaks = (because: string): Reason[] => [{ kind: 'breaks', because }];
const locks = (because: string): Reason[] => [{ kind: 'locks', because }];

const CHANGED_AT_ONCE = 'changing rows of an existing table in one statement locks them all: let the service do it in portions';
/** What may stand inside of another statement and is judged there as if it stood alone. */
const INSIDE = new RegExp(String.raw`\b(?:update|delete from|merge into|truncate(?: table)?) (?:only )?${NAME}`, 'gi');
const NEW_TABLE = /^create (?:unlogged )?table /i;
const REFERENCE = new RegExp(String.raw`\breferences ${NAME}(?: ?\([^)]*\))?([^,]*)`, 'gi');
/** When a row goes that is referred to, nothing of the new table keeps it: its row goes, too, or forgets it. */
export const LETS_GO = /\bon delete (cascade|set null|set default)\b/i;
const COPIED_INTO = new RegExp(String.raw`\binsert into ${NAME}`, 'gi');
const PARENTS = new RegExp(String.raw`\b(?:partition of|inherits \() ?${NAME}`, 'gi');

/** Rules for statements about a table that exists already; the first group is its name. */
const RULES: readonly { readonly shape: RegExp; readonly object: (rest: string) => Reason[] }[] = [
  {
    shape: new RegExp(String.raw`^create unique index (?:concurrently )?(?:if not exists )?\S+ on (?:only )?${NAME}(.*)$`, 'i'),
    object: () => breaks('a new unique index refuses rows that the previous release may write'),
  },
  {
    shape: new RegExp(String.raw`^create index (?!concurrently )(?:if not exists )?\S+ on (?:only )?${NAME}(.*)$`, 'i'),
    object: () => locks('building an index without CONCURRENTLY keeps everybody from writing'),
  },
  { shape: new RegExp(String.raw`^create index concurrently (?:if not exists )?\S+ on (?:only )?${NAME}(.*)$`, 'i'), object: () => [] },
  {
    shape: new RegExp(String.raw`^alter table (?:if exists )?(?:only )?${NAME} (.*)$`, 'i'),
    object: (rest) => actionsOf(rest).flatMap(ofAction),
  },
  {
    shape: new RegExp(String.raw`^create (?:or replace )?(?:constraint )?trigger .* on ${NAME}(.*)$`, 'i'),
    object: () => breaks('a trigger changes what the previous release does'),
  },
  {
    shape: new RegExp(String.raw`^(?:update|delete from) (?:only )?${NAME}(.*)$`, 'i'),
    object: () => locks(CHANGED_AT_ONCE),
  },
  {
    shape: new RegExp(String.raw`^drop table (?:if exists )?${NAME}(.*)$`, 'i'),
    object: () => breaks('the previous release uses the table'),
  },
  {
    shape: new RegExp(String.raw`^truncate (?:table )?${NAME}(.*)$`, 'i'),
    object: () => breaks('the previous release misses the rows'),
  },
  {
    shape: new RegExp(String.raw`^lock (?:table )?${NAME}(.*)$`, 'i'),
    object: () => locks('it locks the table'),
  },
];

/**
 * What speaks against a statement while the previous release is at work. Empty when it may run at any time.
 * @param exists whether a table was there before this release; on others nothing runs yet
 */
export function objectionsTo(statement: string, exists: (table: string) => boolean): Objection[] {
  for (const { shape, object } of RULES) {
    const [, table, rest] = shape.exec(statement) ?? [];
    if (table === undefined) continue;
    return exists(table) ? object(rest!.trim()).map((objection) => ({ ...objection, table })) : [];
  }
  if (NEW_TABLE.test(statement)) return ofNewTable(statement, exists);
  if (/^(select|with|insert into) /i.test(statement)) return ofQuery(statement, exists);
  if (HARMLESS.some((shape) => shape.test(statement))) return [];
  if (/^drop index concurrently /i.test(statement)) return [];
  if (/^drop index /i.test(statement))
    return [{ kind: 'locks', because: 'dropping an index without CONCURRENTLY waits for everybody, and everybody for it' }];
  if (/^drop /i.test(statement)) return [{ kind: 'breaks', because: 'the previous release may use it' }];
  if (/^create or replace /i.test(statement))
    return [{ kind: 'breaks', because: 'the previous release uses it as it was: give the new one a name of its own' }];
  return [{ kind: 'unknown', because: 'no rule says what it does to a release at work' }];
}

/** A new table does no harm unless an old one has to do with it from now on. */
function ofNewTable(statement: string, exists: (table: string) => boolean): Objection[] {
  const plain = unquoted(statement);
  const kept = [...plain.matchAll(REFERENCE)].filter(([, , rest]) => !LETS_GO.test(rest!));
  return [
    ...named(kept, exists, breaks('rows of the new table keep rows from being deleted, which the previous release does not expect')),
    ...named(plain.matchAll(PARENTS), exists, breaks('what is read of the old table comes from the new one, too')),
  ];
}

/** A query may change rows on the way: in a WITH, in a conflict, or by copying them. */
function ofQuery(statement: string, exists: (table: string) => boolean): Objection[] {
  const plain = unquoted(statement);
  const copied = / select |^with /i.test(plain) ? plain.matchAll(COPIED_INTO) : [];
  return [...named(copied, exists, locks(CHANGED_AT_ONCE)), ...named(plain.matchAll(INSIDE), exists, locks(CHANGED_AT_ONCE))];
}

function named(matches: Iterable<RegExpMatchArray>, exists: (table: string) => boolean, reasons: readonly Reason[]): Objection[] {
  const tables = new Set([...matches].map(([, table]) => table!).filter(exists));
  return [...tables].flatMap((table) => reasons.map((reason) => ({ ...reason, table })));
}

/** Without what stands in quotes that hold a value: it may look like anything. */
function unquoted(statement: string): string {
  return statement.replaceAll(/'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1/g, "''");
}

/** The actions of an ALTER TABLE; commas in brackets and quotes do not divide. */
function actionsOf(rest: string): string[] {
  const actions: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: piece, index } of rest.matchAll(/'(?:[^']|'')*'|"[^"]*"|[(),]/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === ',' && depth === 0) {
      actions.push(rest.slice(from, index));
      from = index + 1;
    }
  }
  return [...actions, rest.slice(from)].map((action) => action.trim());
}

function ofAction(action: string): Reason[] {
  if (/^add constraint \S+ .*not valid$/i.test(action) || /^validate constraint /i.test(action)) {
    return /^validate/i.test(action) ? [] : breaks('a new constraint refuses rows that the previous release may write');
  }
  if (/^add (constraint|check|unique|primary key|foreign key|exclude)\b/i.test(action)) {
    return [
      ...breaks('a new constraint refuses rows that the previous release may write'),
      ...(/ using index /i.test(action) ? [] : locks('checking a new constraint without NOT VALID reads the whole table under a lock')),
    ];
  }
  if (/^add /i.test(action)) return ofNewColumn(action);
  if (/^drop (constraint|expression|identity)\b/i.test(action))
    return breaks('the previous release may live by it (ON CONFLICT needs its constraint)');
  if (/^drop /i.test(action)) return breaks('the previous release uses the column');
  if (/^rename\b/i.test(action)) return breaks('the previous release knows it under its old name');
  if (/^alter (column )?\S+ (set data )?type\b/i.test(action)) {
    return [...breaks('the previous release expects the old type'), ...locks('another type rewrites the table under a lock')];
  }
  if (/^alter (column )?\S+ set not null$/i.test(action)) {
    return [...breaks('the previous release may write null'), ...locks('looking for nulls reads the whole table under a lock')];
  }
  if (/^alter (column )?\S+ drop not null$/i.test(action)) return breaks('the previous release does not expect null');
  if (/^alter (column )?\S+ drop default$/i.test(action)) return breaks('the previous release leaves the column to its default');
  if (/^alter (column )?\S+ (set default|set statistics|set storage|set \()/i.test(action)) return [];
  if (/^(set|reset) \(/i.test(action)) return [];
  if (/^(set logged|set unlogged|set tablespace|cluster on|set access method)/i.test(action))
    return locks('it rewrites the table under a lock');
  return [{ kind: 'unknown', because: `no rule says what "${action.split(' ').slice(0, 4).join(' ')}" does to a release at work` }];
}

function ofNewColumn(action: string): Reason[] {
  const hasValue = /\bdefault\b|\bgenerated\b|\b(small|big)?serial\b/i.test(action);
  return [
    ...(/\bnot null\b|\bprimary key\b/i.test(action) && !hasValue ? breaks('the previous release writes rows without the new column') : []),
    ...(/\b(unique|primary key|references|check)\b/i.test(action) && !/\bcheck\b.*\bis null\b/i.test(action)
      ? locks('a constraint of the new column is checked for each row under a lock')
      : []),
    ...(VOLATILE.test(action) || /\bgenerated\b/i.test(action) || /\b(small|big)?serial\b/i.test(action)
      ? locks('a value that differs from row to row rewrites the table under a lock')
      : []),
  ];
}
