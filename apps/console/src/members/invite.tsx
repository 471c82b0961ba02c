import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { inviteMember, listInvitations } from '@baton/control-api';
import type { Role } from '@baton/control-api';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { fieldProblem } from '../api/problems.js';
import { useWorkspace } from '../app/session.js';
import { Trouble } from '../kit/trouble.js';
import type { ShownLink } from './one-time-link.js';
import { RoleChoice } from './role-choice.js';

/** Asks for an address and a role. */
export function Invite({
  opened,
  onClose,
  onInvited,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onInvited: (link: ShownLink) => void;
}) {
  const { workspaceId } = useWorkspace();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const invite = useDo(inviteMember, { forgets: [listInvitations] });
  const close = () => {
    invite.reset();
    setEmail('');
    onClose();
  };
  const problem = fieldProblem(invite.error, '/email');
  return (
    <Modal opened={opened} onClose={close} title="Invite somebody" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate(
            { request: { params: { workspaceId }, body: { email: email.trim(), role } } },
            {
              onSuccess: ({ url, invitation }) => {
                close();
                onInvited({ url, endsAt: invitation.endsAt, whom: invitation.email });
              },
            },
          );
        }}
      >
        <Stack>
          <TextInput
            label="E-mail address"
            description="With which this person signs in, if your team has a sign-in service."
            type="email"
            required
            data-autofocus
            autoComplete="off"
            value={email}
            error={problem}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <RoleChoice value={role} onChange={setRole} />
          {invite.error && problem === undefined && <Trouble error={invite.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={invite.isPending}>
              Make the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
