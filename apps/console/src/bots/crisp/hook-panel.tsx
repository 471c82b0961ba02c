import { Accordion, Alert, Button, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import type { ShownConnection } from '@baton/control-api';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { CopyField } from '../../kit/copy-field.js';
import { atTime, fromNow } from '../../kit/when.js';
import { Section } from '../../kit/section.js';
import { Finding } from './findings-list.js';

/** Crisp's web hook: its address, the events to tick, whether any came, and its secret. */
export function HookPanel({
  connection,
  url,
  mayEdit,
  onRotate,
}: {
  readonly connection: ShownConnection;
  /** With its secret, where that was just made. */
  readonly url: string | null;
  readonly mayEdit: boolean;
  readonly onRotate: () => void;
}) {
  const { hook } = connection;
  const now = new Date();
  const once = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (url !== null) once.current?.scrollIntoView({ block: 'center' });
  }, [url]);
  return (
    <Section
      title="Web hook"
      about="Through it Crisp tells what visitors and agents write. Without it agents’ answers arrive late, and the assistant does not hear visitors of Crisp’s own chat box."
      aside={
        mayEdit && (
          <Button variant="default" size="xs" leftSection={<IconKey size={16} />} onClick={onRotate}>
            New secret
          </Button>
        )
      }
    >
      <div aria-live="polite">
        <Seen connection={connection} now={now} />
      </div>
      {url !== null ? (
        <Alert ref={once} color="indigo" variant="light" title="Copy this address into Crisp now: it is shown only once">
          <Stack gap="sm">
            <CopyField label="Address with its secret" value={url} />
            <Text size="sm">Whoever has it can send us events in your workspace’s name. Lost it? Make a new secret.</Text>
          </Stack>
        </Alert>
      ) : (
        <CopyField label="Address" description="Without its secret, which was shown when it was made." value={hook.address} />
      )}
      {hook.oldSecretEndsAt !== null && (
        <Alert color="yellow" variant="light" title={`The old secret ends ${fromNow(hook.oldSecretEndsAt, now)}`}>
          Until {atTime(hook.oldSecretEndsAt)} both addresses are taken. Copy the new one into Crisp before.
        </Alert>
      )}
      <List type="ordered" size="sm" spacing="xs">
        <List.Item>
          In Crisp open <b>Settings</b>, <b>Workspace settings</b>, <b>Advanced configuration</b>, <b>Web hooks</b>.
        </List.Item>
        <List.Item>Paste the address.</List.Item>
        <List.Item>Tick these events:</List.Item>
      </List>
      <Events label="Events of the web hook" events={hook.events} />
      {hook.eventsOfPlugin && (
        <Accordion variant="contained" chevronPosition="left">
          <Accordion.Item value="plugin">
            <Accordion.Control>
              <Text size="sm">Your plugin sends signed web hooks instead?</Text>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <Text size="sm" c="dimmed">
                  A plugin has one web hook for all workspaces, set at the Marketplace. Ask whoever runs Baton to add your plugin, then tick
                  these there and leave the web hook above out.
                </Text>
                <Events label="Events of the plugin’s web hook" events={hook.eventsOfPlugin} />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Section>
  );
}

function Seen({ connection, now }: { readonly connection: ShownConnection; readonly now: Date }) {
  const { seen } = connection.hook;
  if (seen === null)
    return <Finding state="warning">Whether web hooks come cannot be told right now: the service that reads them does not answer.</Finding>;
  if (seen.last === null)
    return (
      <Finding state="warning">
        No web hook has come yet.
        <Text size="sm" c="dimmed">
          Once the address stands in Crisp, write a line in your chat box: it shows up here within seconds.
        </Text>
      </Finding>
    );
  return (
    <Finding state="fine">
      The last web hook came {fromNow(seen.last, now)}; {seen.count} since {atTime(seen.since!)}.
    </Finding>
  );
}

function Events({ label, events }: { readonly label: string; readonly events: readonly string[] }) {
  return (
    <Stack gap="xs">
      <List size="sm" spacing={2} aria-label={label} listStyleType="none" style={{ columns: '2 220px' }}>
        {events.map((event) => (
          <List.Item key={event}>
            <Text size="sm" ff="monospace" component="span">
              {event}
            </Text>
          </List.Item>
        ))}
      </List>
      <Group>
        <CopyButton value={events.join('\n')}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              aria-label={`${copied ? 'Copied' : 'Copy the list'}: ${label}`}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy the list'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
