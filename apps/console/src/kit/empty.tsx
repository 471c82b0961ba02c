import { Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

/** What stands where nothing is yet: what this is for, and the first step. */
export function Empty({
  Icon,
  title,
  children,
  action,
  order = 2,
}: {
  readonly Icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** 1 where the page has no other head. */
  readonly order?: 1 | 2;
}) {
  return (
    <Paper withBorder p="xl" radius="lg">
      <Stack align="center" gap="sm" py="lg" maw={520} mx="auto" ta="center">
        <ThemeIcon size={56} radius="xl" variant="light">
          <Icon size={28} stroke={1.6} />
        </ThemeIcon>
        <Title order={order} size="h4">
          {title}
        </Title>
        <Text c="dimmed" component="div">
          {children}
        </Text>
        {action}
      </Stack>
    </Paper>
  );
}
