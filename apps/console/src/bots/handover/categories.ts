/** Who answers what, as the API has it. */
export type Categories = Readonly<
  Record<string, { readonly operatorIds?: readonly string[] | undefined; readonly inboxId?: string | undefined }>
>;

/** One line of the form. */
export interface CategoryRow {
  readonly name: string;
  readonly operatorIds: readonly string[];
  readonly inboxId: string;
}

export function rowsOf(categories: Categories): CategoryRow[] {
  return Object.entries(categories).map(([name, { operatorIds = [], inboxId = '' }]) => ({ name, operatorIds, inboxId }));
}

export function categoriesOf(rows: readonly CategoryRow[]): Categories {
  return Object.fromEntries(
    rows.map(({ name, operatorIds, inboxId }) => [
      name.trim(),
      { ...(operatorIds.length > 0 && { operatorIds }), ...(inboxId.trim() !== '' && { inboxId: inboxId.trim() }) },
    ]),
  );
}

/** What is wrong with a line; undefined where nothing is. */
export function rowProblem(row: CategoryRow, others: readonly CategoryRow[]): string | undefined {
  if (row.name.trim() === '') return 'Give it a name';
  if (others.some(({ name }) => name.trim().toLowerCase() === row.name.trim().toLowerCase())) return 'This category is there already';
  return row.operatorIds.length === 0 && row.inboxId.trim() === '' ? 'Name agents, an inbox, or both' : undefined;
}
