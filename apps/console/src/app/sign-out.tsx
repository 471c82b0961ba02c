import { Button } from '@mantine/core';
import { signOut } from '@baton/control-api';
import { queries, useDo } from '../api/client.js';

/** Signs out of this browser, and forgets everything that was read. */
export function useSignOut(): { readonly isBusy: boolean; readonly signOut: () => void } {
  const leave = useDo(signOut);
  return { isBusy: leave.isPending, signOut: () => leave.mutate({}, { onSettled: () => void queries.resetQueries() }) };
}

export function SignOutButton() {
  const { isBusy, signOut: leave } = useSignOut();
  return (
    <Button variant="default" loading={isBusy} onClick={leave}>
      Sign out
    </Button>
  );
}
