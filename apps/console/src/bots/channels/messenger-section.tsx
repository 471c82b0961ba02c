import { Accordion, Alert, Button, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { getAddresses } from '@baton/control-api';
import { useState } from 'react';
import { useRead } from '../../api/client.js';
import { CopyField } from '../../kit/copy-field.js';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { SecretInput } from '../form/secret-input.js';
import { Section } from '../../kit/section.js';

/** A page of Facebook on which the bot speaks. */
export function MessengerSection({ form }: { readonly form: BotForm }) {
  const { text, secret, flag, number } = bind(form);
  const { workspaceId, botId, messenger } = form.draft;
  const addresses = useRead(getAddresses, { params: { workspaceId } }, { staleTime: Infinity });
  const address = `${addresses.data?.hooks ?? ''}/api/integrations/messenger/webhook/${botId}`;
  // Shown as long as the page is open: once it is kept, nobody can read it back.
  const [made, setMade] = useState<string>();
  const makeToken = (): string => {
    const token = [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    setMade(token);
    return token;
  };
  const begin = (): unknown =>
    form.saved('/messenger') ?? { pageId: '', appId: '', pageToken: '', appSecrets: [''], verifyToken: makeToken() };
  return (
    <Section
      title="Messenger"
      about="A page of Facebook. Visitors write to the page, the bot answers, and your agents take over as anywhere else."
      aside={
        <Switch
          label="On this bot"
          labelPosition="left"
          aria-label="Messenger on this bot"
          disabled={!form.mayEdit}
          checked={messenger !== undefined}
          onChange={(event) => form.set('/messenger', event.currentTarget.checked ? begin() : undefined)}
        />
      }
    >
      {messenger && (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Page ID" description="Of the Facebook page: digits." inputMode="numeric" {...text('/messenger/pageId')} />
            <TextInput label="App ID" description="Of your app at Meta: digits." inputMode="numeric" {...text('/messenger/appId')} />
          </SimpleGrid>
          <SecretInput
            label="Page access token"
            description="At Meta, in your app: Messenger, API settings, Generate token."
            {...secret('/messenger/pageToken')}
          />
          <SecretInput
            label="App secret"
            description="At Meta, in your app: App settings, Basic. With it Meta signs what it sends us."
            {...secret('/messenger/appSecrets/0')}
          />
          <Alert variant="light" color="gray" title="The web hook at Meta">
            <Stack gap="sm">
              <Text size="sm">
                Save here first: Meta asks for the verify token at once. Then, at Meta, in your app: Messenger, API settings, Configure web
                hooks. Paste both, and subscribe the page to <b>messages</b>, <b>messaging_postbacks</b>, <b>message_echoes</b>,{' '}
                <b>message_deliveries</b> and <b>message_reads</b>.
              </Text>
              <CopyField label="Callback URL" value={address} />
              {made === undefined ? (
                <Group justify="space-between">
                  <Text size="sm" c="dimmed">
                    The verify token is kept and cannot be read back.
                  </Text>
                  <Button
                    size="xs"
                    variant="default"
                    disabled={!form.mayEdit}
                    onClick={() => form.set('/messenger/verifyToken', makeToken())}
                  >
                    New verify token
                  </Button>
                </Group>
              ) : (
                <CopyField label="Verify token" description="Copy it now: it cannot be read back later." value={made} />
              )}
            </Stack>
          </Alert>
          <Accordion variant="contained" chevronPosition="left">
            <Accordion.Item value="more">
              <Accordion.Control>
                <Text size="sm">More settings</Text>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="md">
                  <Switch
                    label="Agents speak with their own name and picture"
                    description="Else their name stands before their words."
                    {...flag('/messenger/personas')}
                    checked={messenger.personas ?? true}
                  />
                  <Switch
                    label="Agents may answer up to 7 days later"
                    description="Only where Meta approved your app for the Human Agent tag; else answers end 24 hours after the visitor’s last word."
                    {...flag('/messenger/humanAgent')}
                  />
                  <SecretInput
                    label="App secret for calls"
                    description="The app secret once more, only where your app requires a proof with every call (appsecret_proof)."
                    {...secret('/messenger/proofSecret')}
                  />
                  <TextInput
                    label="Before a corrected message"
                    description="Said before the new words when an agent changed a message that had arrived already."
                    {...text('/messenger/correctionPrefix')}
                    placeholder="Correction:"
                  />
                  <NumberInput
                    label="Messages a second, at most"
                    min={1}
                    max={300}
                    {...number('/messenger/callsPerSecond')}
                    placeholder="20"
                  />
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Stack>
      )}
    </Section>
  );
}
