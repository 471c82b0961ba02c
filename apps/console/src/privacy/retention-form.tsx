import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { getRetention, putRetention } from '@baton/control-api';
import { useState } from 'react';
import { useDo, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { tellSaved } from '../kit/save-bar.js';
import { Trouble } from '../kit/trouble.js';

const SUGGESTED_DAYS = 365;

/** For how long conversations are kept. */
export function RetentionForm() {
  const { workspaceId, isOwner } = useWorkspace();
  const params = { workspaceId };
  const read = useRead(getRetention, { params });
  const put = useDo(putRetention, { forgets: [getRetention] });
  const [draft, setDraft] = useState<number | null>();
  if (read.error && !read.data) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  const saved = read.data?.conversationDays ?? null;
  const days = draft === undefined ? saved : draft;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate(
          { request: { params, body: { conversationDays: days } } },
          {
            onSuccess: (answer) => {
              setDraft(undefined);
              tellSaved(answer);
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        <Switch
          label="Erase conversations by themselves"
          description="Counted from the last word. What is erased is what an erasure by hand erases; how handovers ended stays, without names."
          checked={days !== null}
          disabled={!isOwner}
          onChange={(event) => setDraft(event.currentTarget.checked ? (saved ?? SUGGESTED_DAYS) : null)}
        />
        {days !== null && (
          <NumberInput
            label="Days that a conversation is kept"
            min={1}
            max={3_650}
            clampBehavior="strict"
            allowDecimal={false}
            disabled={!isOwner}
            w={240}
            value={days}
            onChange={(to) => typeof to === 'number' && setDraft(to)}
          />
        )}
        {put.error && <Trouble error={put.error} />}
        {isOwner ? (
          <Group>
            <Button type="submit" disabled={days === saved} loading={put.isPending}>
              Save
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {days === saved ? 'Everything is saved.' : 'Not saved yet.'}
            </Text>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            Only owners of the workspace change this.
          </Text>
        )}
      </Stack>
    </form>
  );
}
