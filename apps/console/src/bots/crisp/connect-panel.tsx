import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { ApiProblem, getAddresses, MissingSchema } from '@baton/control-api';
import type { Findings, Missing, ShownConnection } from '@baton/control-api';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useRead } from '../../api/client.js';
import { fieldProblem } from '../../api/problems.js';
import { useWorkspace } from '../../app/session.js';
import { Trouble } from '../../kit/trouble.js';
import { Section } from '../../kit/section.js';
import { ConnectionInputs, TierChoice } from './connection-fields.js';
import { fieldsOf, givenOf, wrongFields } from './connection-form.js';
import type { ConnectionFields, Wrong } from './connection-form.js';
import { FindingsList, MissingList } from './findings-list.js';
import { readAgainIfLate, useConnection } from './use-connection.js';
import { WhereToFind } from './where-to-find.js';

const CRISP = 'https://api.crisp.chat';

/** The form that connects a bot, or changes its connection: it teaches where everything is found, and tries it before it is kept. */
export function ConnectPanel({
  connection,
  onDone,
  onCancel,
}: {
  readonly connection?: ShownConnection | undefined;
  readonly onDone: (made: ShownConnection & { readonly published: boolean }) => void;
  readonly onCancel?: () => void;
}) {
  const { params, check, put } = useConnection();
  const { workspaceId } = useWorkspace();
  const addresses = useRead(getAddresses, { params: { workspaceId } }, { staleTime: Infinity });
  const [fields, setFields] = useState(() => fieldsOf(connection));
  const [findings, setFindings] = useState<Findings>();
  const { wrong, isWhole } = wrongFields(fields, connection);
  const change = (to: Partial<ConnectionFields>): void => {
    setFields({ ...fields, ...to });
    setFindings(undefined);
    check.reset();
    put.reset();
  };
  const tryIt = (): void => check.mutate({ request: { params, body: { connection: givenOf(fields) } } }, { onSuccess: setFindings });
  const connect = (): void => {
    setFindings(undefined);
    // The panel may be gone by the time it is done: the bot is connected then.
    put
      .mutateAsync({ request: { params, query: {}, body: givenOf(fields) }, options: { version: connection?.version ?? 'new' } })
      .then(onDone, readAgainIfLate);
  };
  const error = put.error ?? check.error;
  const missing = missingOf(put.error);
  const isBusy = check.isPending || put.isPending;
  return (
    <Section
      title={connection ? 'Change the connection' : 'Connect a Crisp workspace'}
      about={
        connection
          ? 'Another token, or another workspace. The web hook stays as it is while the workspace does.'
          : 'When the bot does not get further, your agents take over in Crisp’s inbox. For this the bot needs a token of your workspace. Nothing is kept before it was tried.'
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) connect();
        }}
      >
        <Stack gap="md">
          <TierChoice tier={fields.tier} onChange={(tier) => change({ tier })} />
          <Alert variant="light" color="gray" title="Where to find it">
            <WhereToFind tier={fields.tier} />
          </Alert>
          <ConnectionInputs fields={fields} wrong={{ ...told(error), ...wrong }} isKept={connection !== undefined} onChange={change} />
          {addresses.data && addresses.data.crispApi !== CRISP && (
            <Text size="sm" c="dimmed">
              This installation does not call Crisp itself, but{' '}
              <Anchor href={addresses.data.crispApi} target="_blank" rel="noreferrer" size="sm" underline="always">
                {addresses.data.crispApi}
              </Anchor>
              . Website and token are those of that place.
            </Text>
          )}
          <div aria-live="polite">
            {findings && (
              <Alert color={findings.ready ? 'teal' : 'red'} variant="light" title={findings.ready ? 'It works' : 'It does not work yet'}>
                <FindingsList findings={findings} />
              </Alert>
            )}
            {missing.length > 0 && (
              <Alert color="red" variant="light" title="Crisp does not let this connection do what it must">
                <Stack gap="sm">
                  <MissingList missing={missing} />
                </Stack>
              </Alert>
            )}
          </div>
          {error && missing.length === 0 && Object.keys(told(error)).length === 0 && <Trouble error={error} />}
          <Group justify="flex-end" gap="xs">
            {onCancel && (
              <Button variant="subtle" onClick={onCancel}>
                Cancel
              </Button>
            )}
            <Button variant="default" disabled={!isWhole || isBusy} loading={check.isPending} onClick={tryIt}>
              Check
            </Button>
            <Button type="submit" leftSection={<IconPlugConnected size={18} />} disabled={!isWhole || isBusy} loading={put.isPending}>
              {connection ? 'Save connection' : 'Connect'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function missingOf(error: unknown): Missing[] {
  if (!(error instanceof ApiProblem)) return [];
  return (error.problem.missing ?? []).flatMap((one) => MissingSchema.safeParse(one).data ?? []);
}

/** What the API says of single fields. */
function told(error: unknown): Wrong {
  const names = ['websiteId', 'tokenId', 'tokenKey', 'operatorName', 'callsPerDay'] as const;
  const entries = names.flatMap((name) => {
    const problem = [`/${name}`, `/connection/${name}`, `/crisp/${name}`].map((at) => fieldProblem(error, at)).find((one) => one);
    return problem === undefined ? [] : [[name, problem] as const];
  });
  return Object.fromEntries(entries);
}
