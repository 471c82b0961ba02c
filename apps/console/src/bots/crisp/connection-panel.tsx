import { Badge, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ShownConnection } from '@baton/control-api';
import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Trouble } from '../../kit/trouble.js';
import { fromNow } from '../../kit/when.js';
import { Section } from '../../kit/section.js';
import { FindingsList } from './findings-list.js';
import { useConnection } from './use-connection.js';

/** The connection as it stands, and the last check of it. */
export function ConnectionPanel({
  connection,
  mayEdit,
  onChange,
  onDisconnect,
}: {
  readonly connection: ShownConnection;
  readonly mayEdit: boolean;
  readonly onChange: () => void;
  readonly onDisconnect: () => void;
}) {
  const { params, check } = useConnection();
  const { lastCheck, websiteId, tier, tokenId, operatorName, callsPerDay } = connection;
  const name = lastCheck?.findings.website.name;
  const state = stateOf(connection);
  return (
    <Section
      title={name === undefined ? 'Connected to Crisp' : `Connected to ${name}`}
      aside={
        <Badge color={state.color} variant="light">
          {state.label}
        </Badge>
      }
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Fact label="Website ID">
          <span style={{ fontFamily: 'var(--mantine-font-family-monospace)', overflowWrap: 'anywhere' }}>{websiteId}</span>
        </Fact>
        <Fact label={tier === 'plugin' ? 'Plugin token' : 'Website token'}>
          <span style={{ overflowWrap: 'anywhere' }}>{tokenId}</span>
        </Fact>
        <Fact label="Name in the inbox">{operatorName}</Fact>
        <Fact label="Calls a day">{callsPerDay === null ? 'not limited here' : callsPerDay.toLocaleString('en')}</Fact>
      </SimpleGrid>
      <Stack gap="xs" aria-live="polite">
        {lastCheck ? (
          <>
            <Text size="sm" c="dimmed">
              Checked {fromNow(lastCheck.at, new Date())}:
            </Text>
            <FindingsList findings={lastCheck.findings} />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            Not checked since it was set.
          </Text>
        )}
      </Stack>
      {check.error && <Trouble error={check.error} />}
      {mayEdit && (
        <Group gap="xs">
          <Button
            leftSection={<IconRefresh size={18} />}
            loading={check.isPending}
            onClick={() => check.mutate({ request: { params, body: {} } })}
          >
            Check now
          </Button>
          <Button variant="default" onClick={onChange}>
            Change token
          </Button>
          <Button variant="light" color="red" leftSection={<IconPlugConnectedX size={18} />} onClick={onDisconnect}>
            Disconnect
          </Button>
        </Group>
      )}
    </Section>
  );
}

function stateOf({ lastCheck, hook }: ShownConnection): { readonly color: string; readonly label: string } {
  if (lastCheck && !lastCheck.findings.ready) return { color: 'red', label: 'Does not work' };
  if (hook.seen?.last === null) return { color: 'yellow', label: 'Web hook missing' };
  return { color: 'teal', label: 'Connected' };
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}
