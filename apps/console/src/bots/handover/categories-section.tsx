import { ActionIcon, Button, Group, Modal, Stack, Table, TagsInput, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { BotForm } from '../form/use-bot-form.js';
import { Section } from '../../kit/section.js';
import { categoriesOf, rowProblem, rowsOf } from './categories.js';
import type { Categories, CategoryRow } from './categories.js';

const NEW: CategoryRow = { name: '', operatorIds: [], inboxId: '' };

/** Who answers what. */
export function CategoriesSection({ form }: { readonly form: BotForm }) {
  const rows = rowsOf((form.draft.handover?.categories ?? {}) as Categories);
  const [editing, setEditing] = useState<number>();
  const write = (next: readonly CategoryRow[]): void => form.set('/handover/categories', categoriesOf(next));
  return (
    <Section
      title="Who answers what"
      about="The bot may name a category when it asks for a human. A category that is not named here is for everybody."
      aside={
        form.mayEdit && (
          <Button variant="default" size="xs" leftSection={<IconPlus size={16} />} onClick={() => setEditing(rows.length)}>
            Add a category
          </Button>
        )
      }
    >
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          No categories: every conversation is for everybody.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Category</Table.Th>
                <Table.Th>Agents, one of whom must be online</Table.Th>
                <Table.Th>Inbox</Table.Th>
                {form.mayEdit && (
                  <Table.Th>
                    <VisuallyHidden>Actions</VisuallyHidden>
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, i) => (
                <Table.Tr key={row.name}>
                  <Table.Td>{row.name}</Table.Td>
                  <Table.Td>{row.operatorIds.length === 0 ? 'anybody' : row.operatorIds.length}</Table.Td>
                  <Table.Td>{row.inboxId === '' ? 'the main one' : row.inboxId}</Table.Td>
                  {form.mayEdit && (
                    <Table.Td>
                      <Group gap={4} wrap="nowrap" justify="flex-end">
                        <ActionIcon variant="subtle" aria-label={`Change ${row.name}`} onClick={() => setEditing(i)}>
                          <IconPencil size={18} />
                        </ActionIcon>
                        <ActionIcon
                          variant="subtle"
                          color="red"
                          aria-label={`Take away ${row.name}`}
                          onClick={() => write(rows.filter((_, at) => at !== i))}
                        >
                          <IconTrash size={18} />
                        </ActionIcon>
                      </Group>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Modal
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title="Category"
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {editing !== undefined && (
          <CategoryForm
            row={rows[editing] ?? NEW}
            others={rows.filter((_, at) => at !== editing)}
            onClose={() => setEditing(undefined)}
            onDone={(row) => {
              write(editing < rows.length ? rows.map((one, at) => (at === editing ? row : one)) : [...rows, row]);
              setEditing(undefined);
            }}
          />
        )}
      </Modal>
    </Section>
  );
}

function CategoryForm({
  row: before,
  others,
  onClose,
  onDone,
}: {
  readonly row: CategoryRow;
  readonly others: readonly CategoryRow[];
  readonly onClose: () => void;
  readonly onDone: (row: CategoryRow) => void;
}) {
  const [row, setRow] = useState(before);
  const problem = rowProblem(row, others);
  return (
    <Stack>
      <TextInput
        data-autofocus
        label="Category"
        description="As the bot says it; large and small letters are the same."
        placeholder="billing"
        maxLength={64}
        value={row.name}
        onChange={(event) => setRow({ ...row, name: event.currentTarget.value })}
      />
      <TagsInput
        label="Agents"
        description="Their user ids in Crisp. One of them must be online; empty means anybody."
        splitChars={[',', ' ']}
        value={[...row.operatorIds]}
        onChange={(operatorIds) => setRow({ ...row, operatorIds })}
      />
      <TextInput
        label="Inbox"
        description="The id of the sub-inbox in Crisp in which the conversation is opened."
        value={row.inboxId}
        onChange={(event) => setRow({ ...row, inboxId: event.currentTarget.value })}
      />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {problem ?? 'It holds once you save the page.'}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={problem !== undefined} onClick={() => onDone(row)}>
            Take over
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
