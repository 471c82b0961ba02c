import { Badge, Box, Grid, NavLink, Select, Stack, Text, Title } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { LineEditor } from './line-editor.js';
import { REASONS, reasonOf } from './reasons.js';
import { saidWhenNobody } from './said.js';
import { lineAt, slotName } from './slots.js';
import { WhatIsRead } from './what-is-read.js';
import { keptUnder } from './writing-place.js';
import type { WritingPlace } from './writing-place.js';

/** What the bot says when no human can be promised, reason by reason. */
export function NobodyThere({ place }: { readonly place: WritingPlace }) {
  const [query] = useSearchParams();
  const { reason, title, when } = REASONS.find((one) => one.reason === reasonOf(query.get('reason')))!;
  const slot = { language: keptUnder(place), reason };
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
        <Select
          hiddenFrom="md"
          label="When"
          allowDeselect={false}
          value={reason ?? 'every'}
          onChange={(to) => place.show({ reason: to === 'every' ? null : to })}
          data={REASONS.map((one) => ({ value: one.reason ?? 'every', label: one.title }))}
        />
        <ReasonList place={place} chosen={reason} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8, lg: 5 }}>
        <Stack gap="md">
          <div>
            <Title order={2} size="h4">
              {title}
            </Title>
            <Text c="dimmed" size="sm">
              {when}
            </Text>
          </div>
          <LineEditor key={`${slotName(slot)} ${place.language.tag}`} place={place} slot={slot} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8, lg: 4 }} offset={{ base: 0, md: 4, lg: 0 }}>
        <Box pos={{ base: 'static', lg: 'sticky' }} top={72}>
          <WhatIsRead place={place} slot={slot} />
        </Box>
      </Grid.Col>
    </Grid>
  );
}

function ReasonList({ place, chosen }: { readonly place: WritingPlace; readonly chosen: string | null }) {
  const [query] = useSearchParams();
  const to = (reason: string | null) => {
    const next = new URLSearchParams(query);
    if (reason === null) next.delete('reason');
    else next.set('reason', reason);
    return { search: next.toString() };
  };
  return (
    <Stack component="nav" aria-label="Reasons" gap={2} visibleFrom="md">
      {REASONS.map(({ reason, title }) => {
        const slot = { language: keptUnder(place), reason };
        const isWritten = place.language.is !== 'ours' && lineAt(place.draft.value.settings, slot) !== undefined;
        const isBroken = slotName(slot) in place.draft.value.broken;
        const active = reason === chosen;
        return (
          <NavLink
            key={reason ?? 'every'}
            component={Link}
            to={to(reason)}
            replace
            active={active}
            {...(active && { 'aria-current': 'page' as const })}
            variant="light"
            label={title}
            description={saidWhenNobody(place.bot, place.language.tag, reason, Date.now()).message.text}
            styles={{
              root: { borderRadius: 'var(--mantine-radius-md)' },
              description: {
                display: '-webkit-box',
                overflow: 'hidden',
                WebkitLineClamp: 1,
                WebkitBoxOrient: 'vertical',
                color: 'var(--mantine-color-dimmed)',
              },
            }}
            rightSection={
              isBroken ? (
                <Badge color="red" variant="light">
                  error
                </Badge>
              ) : isWritten ? (
                <Badge variant="light">yours</Badge>
              ) : undefined
            }
          />
        );
      })}
    </Stack>
  );
}
