import { Button, Group } from '@mantine/core';
import { Trouble } from '../../kit/trouble.js';

/** The end of a dialog's form: what went wrong, and the two ways out. */
export function DialogFoot({
  error,
  isBusy,
  does,
  onCancel,
}: {
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly does: string;
  readonly onCancel: () => void;
}) {
  return (
    <>
      {error !== null && error !== undefined && <Trouble error={error} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={isBusy}>
          {does}
        </Button>
      </Group>
    </>
  );
}
