import { Accordion, NumberInput, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { ConnectionFields, Tier, Wrong } from './connection-form.js';

/** The fields of a connection. */
export function ConnectionInputs({
  fields,
  wrong,
  isKept,
  onChange,
}: {
  readonly fields: ConnectionFields;
  readonly wrong: Wrong;
  /** A key is kept already. */
  readonly isKept: boolean;
  readonly onChange: (change: Partial<ConnectionFields>) => void;
}) {
  return (
    <Stack gap="md">
      <TextInput
        label="Website ID"
        placeholder="8c842203-7ed8-4e29-a608-7cf78a7d2fcc"
        value={fields.websiteId}
        error={wrong.websiteId}
        autoComplete="off"
        onChange={(event) => onChange({ websiteId: event.currentTarget.value })}
      />
      <TextInput
        label="Token ID"
        description="Crisp calls it the identifier."
        value={fields.tokenId}
        error={wrong.tokenId}
        autoComplete="off"
        onChange={(event) => onChange({ tokenId: event.currentTarget.value })}
      />
      <PasswordInput
        label="Token key"
        description="Kept encrypted. Nobody can read it back, you neither."
        placeholder={isKept ? 'Kept. Type to replace it' : ''}
        value={fields.tokenKey}
        error={wrong.tokenKey}
        autoComplete="off"
        data-1p-ignore
        onChange={(event) => onChange({ tokenKey: event.currentTarget.value })}
      />
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="more">
          <Accordion.Control>
            <Text size="sm">More settings</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              <TextInput
                label="Name in the inbox"
                description="Who speaks for the bot there. Default: Assistant."
                value={fields.operatorName}
                error={wrong.operatorName}
                onChange={(event) => onChange({ operatorName: event.currentTarget.value })}
              />
              <NumberInput
                label="Calls a day"
                description="What Crisp allows this token in a day. As its end comes near, typing signs are left out first, then notes, never words."
                placeholder="Not limited here"
                min={1}
                thousandSeparator=" "
                value={fields.callsPerDay ?? ''}
                error={wrong.callsPerDay}
                onChange={(to) => onChange({ callsPerDay: typeof to === 'number' ? to : undefined })}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

/** Which kind of token it is. */
export function TierChoice({ tier, onChange }: { readonly tier: Tier; readonly onChange: (tier: Tier) => void }) {
  return (
    <SegmentedControl
      aria-label="Kind of token"
      value={tier}
      onChange={(to) => onChange(to as Tier)}
      data={[
        { value: 'plugin', label: 'Plugin token (recommended)' },
        { value: 'website', label: 'Website token' },
      ]}
      fullWidth
    />
  );
}
