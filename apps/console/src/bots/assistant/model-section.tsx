import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { tryModel } from '@baton/control-api';
import { useDo } from '../../api/client.js';
import { Trouble } from '../../kit/trouble.js';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { DurationInput } from '../form/duration-input.js';
import { SecretInput } from '../form/secret-input.js';
import { Section } from '../../kit/section.js';
import { triedWords } from './model-words.js';

/** The language model behind the answers. */
export function ModelSection({ form }: { readonly form: BotForm }) {
  const { text, number, secret } = bind(form);
  const { workspaceId, botId, assistant } = form.draft;
  const model = assistant?.model;
  const attempt = useDo(tryModel);
  const isWhole = model !== undefined && model.baseUrl !== '' && model.model !== '';
  const tryIt = (): void => {
    if (!model) return;
    const { baseUrl, model: name, apiKey } = model;
    const body = { baseUrl, model: name, ...(typeof apiKey === 'string' && { apiKey }) };
    attempt.mutate({ request: { params: { workspaceId, botId }, body } });
  };
  return (
    <Section
      title="Language model"
      about="With a model answers are written in whole sentences, in the visitor’s language. Without one the best passage answers word for word."
      aside={
        <Switch
          label="Use a model"
          labelPosition="left"
          disabled={!form.mayEdit}
          checked={model !== undefined}
          onChange={(event) =>
            form.set(
              '/assistant/model',
              event.currentTarget.checked ? (form.saved('/assistant/model') ?? { baseUrl: '', model: '' }) : undefined,
            )
          }
        />
      }
    >
      {model && (
        <Stack gap="md">
          <TextInput
            label="Address"
            description="Of an endpoint that speaks OpenAI’s language, with its version."
            placeholder="https://api.openai.com/v1"
            type="url"
            {...text('/assistant/model/baseUrl')}
          />
          <TextInput label="Model" placeholder="gpt-4o-mini" {...text('/assistant/model/model')} />
          <SecretInput
            label="API key"
            description="Kept encrypted, readable by nobody. May stay empty where the endpoint asks for none."
            {...secret('/assistant/model/apiKey')}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
            <DurationInput
              unit="seconds"
              label="Waits for it at most"
              description="After that the best passage answers instead."
              placeholder="8 seconds"
              {...number('/assistant/model/timeoutMs', { unit: 1_000 })}
            />
            <NumberInput
              label="Longest answer"
              description="In tokens, about three quarters of a word each."
              placeholder="500"
              min={64}
              max={4_096}
              {...number('/assistant/model/maxTokens')}
            />
          </SimpleGrid>
          <div aria-live="polite">
            {attempt.data && !attempt.isPending && (
              <Alert
                color={attempt.data.works ? 'teal' : 'red'}
                variant="light"
                title={attempt.data.works ? 'The model works' : 'The model does not work'}
              >
                {triedWords(attempt.data)}
              </Alert>
            )}
            {attempt.error && <Trouble error={attempt.error} />}
          </div>
          {form.mayEdit && (
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                Trying asks for one word, and saves nothing.
              </Text>
              <Button variant="default" disabled={!isWhole} loading={attempt.isPending} onClick={tryIt}>
                Test the model
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Section>
  );
}
