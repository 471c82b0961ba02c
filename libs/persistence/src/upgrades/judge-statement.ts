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
  /^create (unlogged )?table /i,
  /^create (schema|extension|type|sequence|view|domain) /i,
  /^create function /i,
  /^comment on /i,
  /^(insert into|select|with|set|grant|analyze) /i,
  /^alter type \S+ add value /i,
];

/** Rules for statements about a table that exists already; the first group is its name. */
const RULES: readonly { readonly shape: RegExp; readonly object: (rest: string) => Omit<Objection, 'table'>[] }[] = [
  {
    shape: new RegExp(String.raw`^create unique index (?:concurrently )?(?:if not exists )?\S+ on (?:only )?${NAME}(.*)$`, 'i'),
    object: () => [{ kind: 'breaks', because: 'a new unique index refuses rows that the previous release may write' }],
  },
  {
    shape: new RegExp(String.raw`^create index (?!concurrently )(?:if not exists )?\S+ on (?:only )?${NAME}(.*)$`, 'i'),
    object: () => [{ kind: 'locks', because: 'building an index without CONCURRENTLY keeps everybody from writing' }],
  },
  { shape: new RegExp(String.raw`^create index concurrently (?:if not exists )?\S+ on (?:only )?${NAME}(.*)$`, 'i'), object: () => [] },
  {
    shape: new RegExp(String.raw`^alter table (?:if exists )?(?:only )?${NAME} (.*)$`, 'i'),
    object: (rest) => actionsOf(rest).flatMap(ofAction),
  },
  {
    shape: new RegExp(String.raw`^create (?:or replace )?(?:constraint )?trigger .* on ${NAME}(.*)$`, 'i'),
    object: () => [{ kind: 'breaks', because: 'a trigger changes what the previous release does' }],
  },
  {
    shape: new RegExp(String.raw`^(?:update|delete from) (?:only )?${NAME}(.*)$`, 'i'),
    object: () => [
      { kind: 'locks', because: 'changing rows of an existing table in one statement locks them all: let the service do it in portions' },
    ],
  },
  {
    shape: new RegExp(String.raw`^drop table (?:if exists )?${NAME}(.*)$`, 'i'),
    object: () => [{ kind: 'breaks', because: 'the previous release uses the table' }],
  },
  {
    shape: new RegExp(String.raw`^truncate (?:table )?${NAME}(.*)$`, 'i'),
    object: () => [{ kind: 'breaks', because: 'the previous release misses the rows' }],
  },
  {
    shape: new RegExp(String.raw`^lock (?:table )?${NAME}(.*)$`, 'i'),
    object: () => [{ kind: 'locks', because: 'it locks the table' }],
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
  if (HARMLESS.some((shape) => shape.test(statement))) return [];
  if (/^drop index concurrently /i.test(statement)) return [];
  if (/^drop index /i.test(statement))
    return [{ kind: 'locks', because: 'dropping an index without CONCURRENTLY waits for everybody, and everybody for it' }];
  if (/^drop /i.test(statement)) return [{ kind: 'breaks', because: 'the previous release may use it' }];
  if (/^create or replace /i.test(statement))
    return [{ kind: 'breaks', because: 'the previous release uses it as it was: give the new one a name of its own' }];
  return [{ kind: 'unknown', because: 'no rule says what it does to a release at work' }];
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

const breaks = (because: string): Omit<Objection, 'table'>[] => [{ kind: 'breaks', because }];
const locks = (because: string): Omit<Objection, 'table'>[] => [{ kind: 'locks', because }];

function ofAction(action: string): Omit<Objection, 'table'>[] {
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

function ofNewColumn(action: string): Omit<Objection, 'table'>[] {
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
