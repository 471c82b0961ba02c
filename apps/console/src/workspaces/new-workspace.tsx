import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { createWorkspace, getSession } from '@baton/control-api';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { queries, useDo } from '../api/client.js';
import { fieldProblem } from '../api/problems.js';
import { Trouble } from '../kit/trouble.js';
import { addressOfName } from './address-of.js';

/** Makes a workspace and goes there. For administrators. */
export function NewWorkspace({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const make = useDo(createWorkspace);
  const [name, setName] = useState('');
  const [address, setAddress] = useState<string>();
  const workspaceId = address ?? addressOfName(name);
  const close = () => {
    make.reset();
    setName('');
    setAddress(undefined);
    onClose();
  };
  const problem = fieldProblem(make.error, '/workspaceId');
  return (
    <Modal opened={opened} onClose={close} title="New workspace" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(
            { request: { body: { workspaceId, name: name.trim() } } },
            {
              onSuccess: () =>
                void queries.invalidateQueries({ queryKey: [getSession.id] }).then(() => {
                  close();
                  void navigate(`/${workspaceId}/bots`);
                }),
            },
          );
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            description="Of the team or company whose bots it holds."
            required
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Address"
            description="Part of every link and of the API; it stays as it is."
            required
            maxLength={64}
            value={workspaceId}
            error={problem}
            onChange={(event) => setAddress(event.currentTarget.value.toLowerCase())}
          />
          {make.error && problem === undefined && <Trouble error={make.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={make.isPending} disabled={name.trim() === '' || workspaceId === ''}>
              Make the workspace
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
