import { Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { ourLines } from '@baton/contracts';
import type { HandoverTexts } from '@baton/contracts';
import { firstMessageProblem, keepAliveProblem, textProblem } from './draft.js';
import { READABLE_PLACEHOLDER } from './readable-placeholder.js';
import { keepAliveSaid, textSaid, whoseLine } from './said.js';
import { textsAt, withTextAt } from './slots.js';
import { PLACEHOLDERS, placeholdersIn, TEXT_GROUPS } from './text-groups.js';
import type { DescribedText } from './text-groups.js';
import { keptUnder } from './writing-place.js';
import type { WritingPlace } from './writing-place.js';

/** Everything else that Baton says to visitors, and its first words to your team. */
export function OtherLines({ place }: { readonly place: WritingPlace }) {
  return (
    <Stack gap="xl">
      <Text size="sm" c="dimmed" role="status">
        {place.language.is === 'ours'
          ? `You write nothing for ${place.language.name} yet: visitors read these lines of Baton. Add the language to write your own.`
          : 'Where you write nothing, visitors read the grey line: Baton’s own in their language.'}
      </Text>
      {place.language.is === 'own' && <FirstMessage place={place} />}
      {TEXT_GROUPS.map(({ title, about, texts }) => (
        <section key={title} aria-label={title}>
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {about}
          </Text>
          <Paper withBorder p="md" radius="md">
            <Stack gap="lg">
              {texts.map((text) =>
                text.name === 'keepAlive' ? (
                  <KeepAlive key={text.name} place={place} text={text} />
                ) : (
                  <OneLine key={text.name} place={place} text={text} name={text.name} />
                ),
              )}
            </Stack>
          </Paper>
        </section>
      ))}
    </Stack>
  );
}

function FirstMessage({ place: { draft, mayWrite, write } }: { readonly place: WritingPlace }) {
  const { firstMessage } = draft.value.settings;
  return (
    <section aria-label="For your team">
      <Title order={2} size="h4">
        For your team
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Agents read it in Crisp, before everything the visitor said. It is the same for visitors of every language.
      </Text>
      <Paper withBorder p="md" radius="md">
        <Textarea
          label="First message in Crisp"
          description={`{link} becomes ${PLACEHOLDERS['{link}']}.`}
          autosize
          minRows={2}
          readOnly={!mayWrite}
          value={firstMessage}
          error={firstMessageProblem(firstMessage)}
          onChange={({ currentTarget: { value } }) => write((settings) => ({ ...settings, firstMessage: value }))}
        />
      </Paper>
    </section>
  );
}

function OneLine({
  place,
  text,
  name,
}: {
  readonly place: WritingPlace;
  readonly text: DescribedText;
  readonly name: Exclude<keyof HandoverTexts, 'keepAlive'>;
}) {
  const { draft, mayWrite, write, bot, language } = place;
  const written = language.is === 'ours' ? undefined : textsAt(draft.value.settings, keptUnder(place))[name];
  const said = textSaid(bot, language.tag, name);
  const isTap = text.title.startsWith('Tap');
  const Field = isTap ? TextInput : Textarea;
  return (
    <Field
      label={text.title}
      description={
        <About
          text={text}
          braces={ourLines.en.texts[name]}
          whose={written === undefined && said.speaker.whose !== 'baton' ? whoseLine(said.speaker) : undefined}
        />
      }
      {...(!isTap && { autosize: true, minRows: 1 })}
      readOnly={!mayWrite}
      value={written ?? ''}
      placeholder={said.text}
      styles={READABLE_PLACEHOLDER}
      error={written === undefined ? undefined : (textProblem(name, written) ?? unknownBraces(written, ourLines.en.texts[name]))}
      onChange={({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
        write((settings) => withTextAt(settings, keptUnder(place), name, value.trim() === '' ? undefined : value))
      }
    />
  );
}

function KeepAlive({ place, text }: { readonly place: WritingPlace; readonly text: DescribedText }) {
  const { draft, mayWrite, write, bot, language } = place;
  const written = language.is === 'ours' ? undefined : textsAt(draft.value.settings, keptUnder(place)).keepAlive;
  const said = keepAliveSaid(bot, language.tag);
  return (
    <Textarea
      label={text.title}
      description={
        <About
          text={text}
          braces=""
          whose={written === undefined && said.speaker.whose !== 'baton' ? whoseLine(said.speaker) : undefined}
          more="One line for each."
        />
      }
      autosize
      minRows={3}
      readOnly={!mayWrite}
      value={(written ?? []).join('\n')}
      placeholder={said.texts.join('\n')}
      styles={READABLE_PLACEHOLDER}
      error={written === undefined ? undefined : keepAliveProblem(written)}
      onChange={({ currentTarget: { value } }) =>
        write((settings) => withTextAt(settings, keptUnder(place), 'keepAlive', value.trim() === '' ? undefined : value.split('\n')))
      }
    />
  );
}

function About({
  text,
  braces,
  whose,
  more,
}: {
  readonly text: DescribedText;
  readonly braces: string;
  readonly whose: string | undefined;
  readonly more?: string;
}) {
  const known = placeholdersIn(braces).map((name) => `${name} becomes ${PLACEHOLDERS[name]}.`);
  return <>{[text.when, ...(more ? [more] : []), ...known, ...(whose ? [`The grey line is ${whose}.`] : [])].join(' ')}</>;
}

/** Braces that nothing takes the place of would be shown to visitors. */
function unknownBraces(text: string, ours: string): string | undefined {
  const unknown = placeholdersIn(text).filter((name) => !placeholdersIn(ours).includes(name));
  return unknown.length > 0 ? `${unknown.join(', ')} is not known here, and visitors would read it as it stands.` : undefined;
}
