import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

export interface PageHeadProps {
  readonly title: string;
  /** One sentence: what this page is for. */
  readonly about?: ReactNode;
  readonly trail?: readonly { readonly label: string; readonly to: string }[];
  /** Buttons at the right. */
  readonly children?: ReactNode;
}

/** The head of a page, and the title of its tab. */
export function PageHead({ title, about, trail = [], children }: PageHeadProps) {
  useDocumentTitle(`${title} · Baton`);
  return (
    <Stack gap={4} mb="lg">
      {trail.length > 0 && (
        <nav aria-label="Breadcrumbs">
          <Breadcrumbs separatorMargin={6}>
            {trail.map(({ label, to }) => (
              <Anchor key={to} component={Link} to={to} size="sm">
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        </nav>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Title order={1} size="h2">
          {title}
        </Title>
        <Group gap="xs">{children}</Group>
      </Group>
      {about !== undefined && (
        <Text c="dimmed" maw={720} component="div">
          {about}
        </Text>
      )}
    </Stack>
  );
}
