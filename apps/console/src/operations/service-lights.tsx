import { Badge, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import type { Operations } from '@baton/control-api';
import { SERVICE_STATES, serviceWords } from './words.js';
import { lastingWords } from '../kit/when.js';

/** A light for each service. */
export function ServiceLights({ services }: { readonly services: Operations['services'] }) {
  return (
    <section aria-labelledby="services">
      <Title order={2} size="h4" mb="sm" id="services">
        Services
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {services.map((service) => (
          <ServiceLight key={service.name} service={service} />
        ))}
      </SimpleGrid>
    </section>
  );
}

function ServiceLight({ service }: { readonly service: Operations['services'][number] }) {
  const { label, color } = SERVICE_STATES[service.state];
  const { name, does } = serviceWords(service.name);
  const age = service.startedAt === null ? undefined : `up for ${lastingWords(Date.now() - Date.parse(service.startedAt))}`;
  const problems = Object.entries(service.problems);
  return (
    <Paper component="li" withBorder p="md" radius="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text fw={600}>{name}</Text>
        <Badge variant="light" color={color} style={{ flexShrink: 0 }}>
          {label}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {does}
      </Text>
      <Text size="sm" mt={4}>
        {[service.version === null ? undefined : `Version ${service.version}`, age].filter(Boolean).join(', ') || 'It does not tell more.'}
      </Text>
      {problems.map(([what, why]) => (
        <Text key={what} size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {what}: {why}
        </Text>
      ))}
    </Paper>
  );
}
