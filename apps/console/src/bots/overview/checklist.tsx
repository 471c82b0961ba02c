import { Anchor, Badge, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { getCrispConnection, listSources } from '@baton/control-api';
import { IconCheck, IconCircleDashed, IconQuestionMark } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useRead } from '../../api/client.js';
import { Section } from '../../kit/section.js';
import { useBot } from '../use-bot.js';
import { stepsOf } from './steps.js';
import type { Step } from './steps.js';

const LOOKS = {
  done: { color: 'teal', Icon: IconCheck, label: 'Done' },
  open: { color: 'gray', Icon: IconCircleDashed, label: 'To do' },
  unknown: { color: 'gray', Icon: IconQuestionMark, label: 'Cannot be told right now' },
} as const;

/** What is left to do before visitors meet the bot, with the way to each. */
export function Checklist() {
  const { bot } = useBot();
  const params = { workspaceId: bot.workspaceId, botId: bot.botId };
  const connection = useRead(getCrispConnection, { params }, { enabled: bot.crisp !== undefined });
  const sources = useRead(listSources, { params, query: { limit: 1 } });
  const steps = stepsOf(bot, {
    connection: connection.data ?? (connection.error ? null : undefined),
    sources: sources.data?.items.length ?? (sources.error ? null : undefined),
  });
  const open = steps.filter(({ state, optional }) => state === 'open' && !optional).length;
  return (
    <Section
      title="Ready for visitors"
      aside={
        <Badge color={open === 0 ? 'teal' : 'yellow'} variant="light">
          {open === 0 ? 'Ready' : open === 1 ? 'One step left' : `${open} steps left`}
        </Badge>
      }
    >
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <StepLine key={step.title} step={step} base={`/${bot.workspaceId}/bots/${bot.botId}`} />
        ))}
      </Stack>
    </Section>
  );
}

function StepLine({ step, base }: { readonly step: Step; readonly base: string }) {
  const { color, Icon, label } = LOOKS[step.state];
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon color={color} variant={step.state === 'done' ? 'light' : 'default'} radius="xl" size="md" role="img" aria-label={label}>
        <Icon size={16} />
      </ThemeIcon>
      <div>
        <Group gap="xs">
          <Anchor component={Link} to={`${base}/${step.to}`} fw={600} size="sm">
            {step.title}
          </Anchor>
          {step.optional && step.state !== 'done' && (
            <Text size="xs" c="dimmed">
              may wait
            </Text>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {step.about}
        </Text>
      </div>
    </Group>
  );
}
