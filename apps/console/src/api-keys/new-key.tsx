import { Alert, Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { createApiKey, listApiKeys, SCOPES } from '@baton/control-api';
import type { Role, Scope } from '@baton/control-api';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { CopyField } from '../kit/copy-field.js';
import { Trouble } from '../kit/trouble.js';
import { RoleChoice } from '../members/role-choice.js';
import { LASTING_CHOICES, SCOPE_WORDS } from './scopes.js';

/** Asks what a new key may, then shows it once. */
export function NewKey({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const make = useDo(createApiKey, { forgets: [listApiKeys] });
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={make.data ? 'Copy the key now' : 'New API key'}
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {make.data ? (
        <Stack>
          <CopyField label="API key" value={make.data.key} />
          <Alert color="yellow" icon={<IconEyeOff />} title="It is not shown again">
            Baton keeps only a mark of it. Put it where your secrets are; if it is lost, end it and make another one.
          </Alert>
          <Group justify="flex-end">
            <Button onClick={close}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <Form make={make} onCancel={close} />
      )}
    </Modal>
  );
}

function Form({ make, onCancel }: { readonly make: ReturnType<typeof useDo<typeof createApiKey>>; readonly onCancel: () => void }) {
  const { workspaceId } = useWorkspace();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [scopes, setScopes] = useState<Scope[]>(['bots']);
  const [days, setDays] = useState('90');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const lastsDays = days === '0' ? null : Number(days);
        make.mutate({ request: { params: { workspaceId }, body: { name: name.trim(), role, scopes, lastsDays } } });
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          description="Who or what uses it: you find it again by this."
          placeholder="Deployment pipeline"
          required
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RoleChoice value={role} onChange={setRole} />
        <Checkbox.Group
          label="May reach"
          value={scopes}
          onChange={(some) => setScopes(some as Scope[])}
          error={scopes.length === 0 ? 'Choose at least one.' : undefined}
        >
          <Stack gap="xs" mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={SCOPE_WORDS[scope].name} description={SCOPE_WORDS[scope].reaches} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Lasts"
          data={LASTING_CHOICES}
          value={days}
          allowDeselect={false}
          onChange={(value) => value !== null && setDays(value)}
        />
        {make.error && <Trouble error={make.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
