import { Group, SegmentedControl, Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useWorkspace } from '../../app/session.js';
import { SaveBar, tellSaved } from '../../kit/save-bar.js';
import { useDraft } from '../../kit/use-draft.js';
import { useReadAgainOnConflict } from '../read-again.js';
import { useBot, useSaveBot } from '../use-bot.js';
import { tidied, whatIsWrong } from './draft.js';
import type { MessagesDraft } from './draft.js';
import { LanguageBar } from './language-bar.js';
import { languagesOf } from './languages.js';
import { NobodyThere } from './nobody-there.js';
import { OtherLines } from './other-lines.js';
import { messageSettingsOf } from './slots.js';
import type { WritingPlace } from './writing-place.js';

/** Everything that visitors read that neither the bot nor an agent wrote. */
export default function MessagesTab() {
  const { bot } = useBot();
  const { mayEdit } = useWorkspace();
  const saving = useSaveBot();
  useReadAgainOnConflict(saving.error);
  const [query, setQuery] = useSearchParams();
  const draft = useDraft<MessagesDraft>(`messages ${bot.workspaceId} ${bot.botId}`, {
    settings: messageSettingsOf(bot.handover),
    broken: {},
  });
  const { settings } = draft.value;
  const languages = languagesOf(settings, bot.locale);
  const language = languages.find(({ tag }) => tag === query.get('language')) ?? languages[0]!;
  const view = query.get('view') === 'texts' ? 'texts' : 'nobody';
  const show = (change: Readonly<Record<string, string | null>>) =>
    setQuery(
      (before) => {
        for (const [name, value] of Object.entries(change)) {
          if (value === null) before.delete(name);
          else before.set(name, value);
        }
        return before;
      },
      { replace: true },
    );
  const place: WritingPlace = {
    bot: { handover: { ...bot.handover, ...settings }, locale: bot.locale, isConnectedToCrisp: bot.crisp !== undefined },
    language,
    mayWrite: mayEdit && language.is !== 'ours',
    draft,
    write: (change) => draft.set((value) => ({ ...value, settings: change(value.settings) })),
    show,
  };
  const wrong = draft.isOutdated ? 'Somebody else changed these messages meanwhile. Take back to see theirs.' : whatIsWrong(draft.value);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="md">
        <SegmentedControl
          aria-label="Which messages"
          value={view}
          onChange={(to) => show({ view: to === 'texts' ? to : null })}
          data={[
            { value: 'nobody', label: 'When nobody is there' },
            { value: 'texts', label: 'Other lines' },
          ]}
        />
        <LanguageBar place={place} languages={languages} mayEdit={mayEdit} />
      </Group>
      {view === 'nobody' ? <NobodyThere place={place} /> : <OtherLines place={place} />}
      {mayEdit && (
        <SaveBar
          isDirty={draft.isDirty}
          isSaving={saving.isSaving}
          wrong={draft.isDirty ? wrong : undefined}
          error={saving.error}
          onReset={() => {
            draft.reset();
            saving.reset();
          }}
          onSave={() =>
            saving.save({ handover: { ...bot.handover, ...tidied(settings) } }, (saved) => {
              draft.reset();
              tellSaved(saved);
            })
          }
        />
      )}
    </Stack>
  );
}
