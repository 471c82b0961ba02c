import { Alert, Button, Divider, List, Skeleton, Text } from '@mantine/core';
import { getSignInWays } from '@baton/control-api';
import { IconAlertTriangle, IconLogin2 } from '@tabler/icons-react';
import { useRead } from '../api/client.js';
import { Trouble } from '../kit/trouble.js';
import { SignInFrame } from './sign-in-frame.js';
import { arrivalOf, oidcAddress } from './way-back.js';

/** For who is not signed in: the ways in. */
export function SignInPage() {
  const ways = useRead(getSignInWays, {}, { staleTime: 60_000 });
  const { trouble, returnTo } = arrivalOf(location);
  const oidc = ways.data?.oidc;
  return (
    <SignInFrame title="Sign in to Baton">
      {trouble !== undefined && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle />} title="You are not signed in" role="alert">
          {trouble}
        </Alert>
      )}
      {ways.isPending && <Skeleton h={42} />}
      {ways.error && <Trouble error={ways.error} onRetry={() => void ways.refetch()} />}
      {oidc && (
        <>
          <Button component="a" href={oidcAddress(oidc.path, returnTo)} size="md" leftSection={<IconLogin2 size={18} />}>
            Continue with {oidc.name}
          </Button>
          <Divider label="or" labelPosition="center" />
        </>
      )}
      <Text>Open a one-time link that you were given:</Text>
      <List size="sm" spacing="xs" c="dimmed">
        <List.Item>An owner of your workspace makes one for you under Members.</List.Item>
        <List.Item>
          Who runs Baton finds the first one in the terminal in which it was started, and can make another one at any time.
        </List.Item>
      </List>
    </SignInFrame>
  );
}
