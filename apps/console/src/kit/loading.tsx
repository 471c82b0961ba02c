import { Center, Loader, VisuallyHidden } from '@mantine/core';

/** While something is read for the first time. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Center mih="40vh" role="status">
      <Loader type="dots" />
      <VisuallyHidden>{what} …</VisuallyHidden>
    </Center>
  );
}
