import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { getUsage, getWorkspaceSettings, putWorkspaceSettings } from '@baton/control-api';
import type { ResultOf } from '@baton/control-api';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useDo, useRead } from '../api/client.js';
import { fieldProblem, isChangedMeanwhile } from '../api/problems.js';
import { useWorkspace } from '../app/session.js';
import { tellSaved } from '../kit/save-bar.js';
import { Trouble } from '../kit/trouble.js';

/** How many answers a month may have, and when its end is warned of; owners decide. */
export function PlanForm() {
  const { workspaceId } = useWorkspace();
  const read = useRead(getWorkspaceSettings, { params: { workspaceId } });
  if (read.error && !read.data) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton h={120} />;
  return <Form key={read.data.version} read={read.data} onOutdated={() => void read.refetch()} />;
}

function Form({ read, onOutdated }: { readonly read: ResultOf<typeof getWorkspaceSettings>; readonly onOutdated: () => void }) {
  const { workspaceId, isOwner } = useWorkspace();
  const { settings, version } = read;
  const { perMonth, warnAtPercent } = settings.answers;
  const [limited, setLimited] = useState(perMonth !== undefined);
  const [most, setMost] = useState<number | string>(perMonth ?? 1_000);
  const [warnAt, setWarnAt] = useState<number | string>(warnAtPercent);
  const put = useDo(putWorkspaceSettings, { forgets: [getWorkspaceSettings, getUsage] });
  const isDirty = limited !== (perMonth !== undefined) || (limited && (Number(most) !== perMonth || Number(warnAt) !== warnAtPercent));
  const save = (event: FormEvent) => {
    event.preventDefault();
    const { perMonth: _, ...answers } = settings.answers;
    const body = { ...settings, answers: { ...answers, warnAtPercent: Number(warnAt), ...(limited && { perMonth: Number(most) }) } };
    put.mutate(
      { request: { params: { workspaceId }, body }, options: { version: version === 0 ? 'new' : version } },
      { onSuccess: tellSaved },
    );
  };
  return (
    <form onSubmit={save}>
      <Stack gap="md">
        <Switch
          label="Limit the answers of a month"
          description="At the limit visitors are handed to your agents, or told so, as each bot is set under Assistant."
          checked={limited}
          disabled={!isOwner}
          onChange={(event) => setLimited(event.currentTarget.checked)}
        />
        {limited && (
          <Group align="flex-start" grow>
            <NumberInput
              label="Answers a month"
              description="Of all bots together"
              min={0}
              max={1_000_000_000}
              allowDecimal={false}
              thousandSeparator=","
              required
              disabled={!isOwner}
              value={most}
              error={fieldProblem(put.error, '/answers/perMonth')}
              onChange={setMost}
            />
            <NumberInput
              label="Warn at"
              description="Of the month’s answers"
              min={1}
              max={100}
              allowDecimal={false}
              suffix=" %"
              required
              disabled={!isOwner}
              value={warnAt}
              error={fieldProblem(put.error, '/answers/warnAtPercent')}
              onChange={setWarnAt}
            />
          </Group>
        )}
        {put.error && <Trouble error={put.error} {...(isChangedMeanwhile(put.error) && { onRetry: onOutdated })} />}
        {isOwner ? (
          <Group justify="flex-end">
            <Button type="submit" disabled={!isDirty || (limited && (most === '' || warnAt === ''))} loading={put.isPending}>
              Save the plan
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            Owners of the workspace can change the plan.
          </Text>
        )}
      </Stack>
    </form>
  );
}
