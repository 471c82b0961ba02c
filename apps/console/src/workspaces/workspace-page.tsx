import { Paper, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { getSession, listWorkspaces, renameWorkspace } from '@baton/control-api';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { CopyField } from '../kit/copy-field.js';
import { PageHead } from '../kit/page-head.js';
import { SaveBar } from '../kit/save-bar.js';

/** What the workspace itself is called. */
export default function WorkspacePage() {
  const { workspaceId, name, isOwner } = useWorkspace();
  const [draft, setDraft] = useState<string>();
  const rename = useDo(renameWorkspace, { forgets: [getSession, listWorkspaces] });
  const value = draft ?? name;
  const isDirty = value.trim() !== name;
  return (
    <>
      <PageHead title="Workspace" about="What others see of this workspace." />
      <Stack maw={560}>
        <Paper withBorder p="md">
          <Stack>
            <TextInput
              label="Name"
              description={isOwner ? 'Shown at the top of every page.' : 'Owners change it.'}
              maxLength={100}
              readOnly={!isOwner}
              value={value}
              onChange={(event) => setDraft(event.currentTarget.value)}
            />
            <CopyField label="Address" value={workspaceId} description="As the API and settings files call it; it stays." />
          </Stack>
        </Paper>
        {isOwner && (
          <SaveBar
            isDirty={isDirty}
            isSaving={rename.isPending}
            wrong={value.trim() === '' ? 'A workspace needs a name.' : undefined}
            error={rename.error}
            onReset={() => setDraft(undefined)}
            onSave={() =>
              rename.mutate(
                { request: { params: { workspaceId }, body: { name: value.trim() } } },
                {
                  onSuccess: () => {
                    setDraft(undefined);
                    notifications.show({ color: 'teal', message: 'The workspace has its new name.' });
                  },
                },
              )
            }
          />
        )}
      </Stack>
    </>
  );
}
