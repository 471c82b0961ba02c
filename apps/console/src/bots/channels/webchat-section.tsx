import { ColorInput, SimpleGrid, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';
import { LauncherPreview } from './launcher-preview.js';

/** As a new webchat begins. */
const NEW = { allowedOrigins: [], title: 'Chat with us', accent: '#2f6fed' };

/** The chat on one's own website. */
export function WebchatSection({ form }: { readonly form: BotForm }) {
  const { text, words } = bind(form);
  const webchat = form.draft.webchat;
  return (
    <Section
      title="Webchat"
      about="A chat on your own website. The line to put into your pages stands under Overview."
      aside={
        <Switch
          label="On this bot"
          labelPosition="left"
          aria-label="Webchat on this bot"
          disabled={!form.mayEdit}
          checked={webchat !== undefined}
          onChange={(event) => form.set('/webchat', event.currentTarget.checked ? (form.saved('/webchat') ?? NEW) : undefined)}
        />
      }
    >
      {webchat && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <Stack>
            <TagsInput
              label="Websites that may show it"
              description="Address without a path, such as https://shop.example. Press Enter after each."
              placeholder={webchat.allowedOrigins.length === 0 ? 'https://shop.example' : ''}
              splitChars={[',', ' ']}
              {...words('/webchat/allowedOrigins')}
              onChange={(origins) => form.set('/webchat/allowedOrigins', origins.map(originOf))}
            />
            <TextInput label="Title" description="At the head of the chat." {...text('/webchat/title')} />
            <ColorInput
              label="Colour"
              format="hex"
              disabled={!form.mayEdit}
              error={form.problemAt('/webchat/accent')}
              value={webchat.accent ?? NEW.accent}
              onChange={(colour) => form.set('/webchat/accent', colour)}
              swatches={['#2f6fed', '#4f46e5', '#0f766e', '#15803d', '#b45309', '#be123c', '#111827']}
              popoverProps={{ withinPortal: true }}
              eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
            />
            <Textarea
              label="Greeting"
              description="The first line that a visitor sees; may be empty."
              autosize
              minRows={2}
              {...text('/webchat/greeting', { optional: true })}
            />
          </Stack>
          <LauncherPreview
            name={form.draft.name}
            title={webchat.title ?? NEW.title}
            accent={webchat.accent ?? NEW.accent}
            greeting={webchat.greeting}
          />
        </SimpleGrid>
      )}
    </Section>
  );
}

/** What was meant by an address that was copied whole. */
function originOf(given: string): string {
  const text = given.trim();
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url && /\.|^localhost$/.test(url.hostname) ? url.origin : text;
}
