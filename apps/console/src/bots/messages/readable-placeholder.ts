/** What stands in an empty field is what visitors read, so it is read easily. */
export const READABLE_PLACEHOLDER = { input: { '--input-placeholder-color': 'var(--mantine-color-dimmed)' } };
