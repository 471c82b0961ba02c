import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';

/** For who is not signed in. */
export function SignInPage() {
  useDocumentTitle('Sign in · Baton');
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder radius="lg" p="xl" maw={420}>
        <Stack gap="sm">
          <Title order={1} size="h3">
            Sign in to Baton
          </Title>
          <Text>
            Open the link that you were given: an owner of your workspace makes one under Members, and the first one is printed when Baton
            starts.
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}
