import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { getSession, useSignInLink as signInWithLink } from '@baton/control-api';
import { useNavigate } from 'react-router';
import { keyOf, queries, rememberCsrfToken, useDo } from '../api/client.js';
import { Trouble } from '../kit/trouble.js';

/** Where a one-time link leads. It is used up by a press, not by opening it: mail programs open links, too. */
export function WelcomePage() {
  const navigate = useNavigate();
  const enter = useDo(signInWithLink);
  const token = location.hash.slice(1);
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder radius="lg" p="xl" maw={420} w="100%">
        <Stack gap="sm">
          <Title order={1} size="h3">
            Welcome to Baton
          </Title>
          <Text>This link signs you in once, in this browser.</Text>
          {enter.error && <Trouble error={enter.error} />}
          <Button
            loading={enter.isPending}
            disabled={token === ''}
            onClick={() =>
              enter.mutate(
                { request: { body: { token } } },
                {
                  onSuccess: (session) => {
                    rememberCsrfToken(session.csrfToken);
                    queries.setQueryData(keyOf(getSession), session);
                    void navigate('/', { replace: true });
                  },
                },
              )
            }
          >
            Sign in
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
