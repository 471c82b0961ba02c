import { Button, Group, List, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  deleteInstallationKillSwitch,
  deleteKillSwitch,
  getInstallationKillSwitch,
  listKillSwitches,
  putInstallationKillSwitch,
  putKillSwitch,
} from '@baton/control-api';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Trouble } from '../kit/trouble.js';
import { endOf, LASTING, whatIsOff, whatWillHappen } from './words.js';
import type { Scope } from './words.js';

export interface SwitchDialogProps {
  readonly scope: Scope;
  readonly id: string;
  /** As it is called. */
  readonly name?: string | undefined;
  /** It is off, and the dialog switches it on again. */
  readonly isOff: boolean;
  readonly onClose: () => void;
}

const FORGETS = { forgets: [listKillSwitches, getInstallationKillSwitch] };

/** Asks why, says what will happen, and does it. */
export function SwitchDialog({ scope, id, name, isOff, onClose }: SwitchDialogProps) {
  const { workspaceId } = useWorkspace();
  const [reason, setReason] = useState('');
  const [lasting, setLasting] = useState<string>(LASTING[0].value);
  const put = useDo(putKillSwitch, FORGETS);
  const end = useDo(deleteKillSwitch, FORGETS);
  const putAll = useDo(putInstallationKillSwitch, FORGETS);
  const endAll = useDo(deleteInstallationKillSwitch, FORGETS);
  const doing = scope === 'installation' ? (isOff ? endAll : putAll) : isOff ? end : put;
  const what = whatIsOff(scope, id, name);
  const done = {
    onSuccess: ({ published }: { readonly published: boolean }) => {
      notifications.show({
        color: published ? 'teal' : 'yellow',
        title: isOff ? 'Switched on again' : 'Switched off',
        message: published ? 'It holds everywhere within five seconds.' : 'It holds as soon as Kafka takes it.',
      });
      onClose();
    },
  };
  const submit = () => {
    const params = { workspaceId, scope: scope as Exclude<Scope, 'installation'>, id };
    const endsAt = endOf(lasting, Date.now());
    const body = { reason, ...(endsAt !== undefined && { endsAt }) };
    if (scope === 'installation') {
      if (isOff) endAll.mutate({ request: { query: { reason } } }, done);
      else putAll.mutate({ request: { body } }, done);
    } else if (isOff) end.mutate({ request: { params, query: { reason } } }, done);
    else put.mutate({ request: { params, body } }, done);
  };
  return (
    <Modal opened onClose={onClose} title={isOff ? `Switch on again: ${what}` : `Switch off: ${what}`} centered size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {isOff ? (
            <Text>The bot and the AI may speak there again, and take up what visitors write next.</Text>
          ) : (
            <List spacing={6}>
              {whatWillHappen(scope).map((sentence) => (
                <List.Item key={sentence}>{sentence}</List.Item>
              ))}
            </List>
          )}
          {!isOff && (
            <Select
              label="How long"
              data={LASTING.map(({ value, label }) => ({
                value,
                label: scope === 'conversation' && value === 'open' ? 'For seven days' : label,
              }))}
              value={lasting}
              allowDeselect={false}
              onChange={(to) => to !== null && setLasting(to)}
            />
          )}
          <TextInput
            label="Why"
            description="Your colleagues see it beside your name."
            required
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {doing.error && <Trouble error={doing.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isOff ? 'teal.9' : 'red.9'}
              loading={doing.isPending}
              disabled={reason.trim() === ''}
              leftSection={isOff ? <IconPlayerPlay size={16} /> : <IconHandStop size={16} />}
            >
              {isOff ? 'Switch on again' : 'Switch off now'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
