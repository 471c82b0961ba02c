import { describe, expect, it } from '@jest/globals';
import { renderMetrics } from '@baton/telemetry';
import { LastAccepted } from './last-accepted.js';

const NAME = 'baton_last_webhook_timestamp_seconds';
const shown = async () => (await renderMetrics()).text.split('\n').filter((line) => line.startsWith(NAME));

describe('when a bot’s web hook was last stored', () => {
  it('is shown by platform, in seconds, until the bot is gone', async () => {
    const known = new Set(['demo', 'other']);
    let changed: (settingId: string) => void = () => undefined;
    const settings = {
      bot: (botId: string) => (known.has(botId) ? ({ botId } as never) : undefined),
      onChange: (listener: (settingId: string) => void) => {
        changed = listener;
        return () => true;
      },
    };
    const last = new LastAccepted(settings);
    last.note('crisp', 'demo', 1_000);
    last.note('crisp', 'demo', 5_500);
    last.note('messenger', 'other', 7_000);
    changed('bot:other');
    expect(await shown()).toEqual([`${NAME}{platform="crisp",bot="demo"} 5.5`, `${NAME}{platform="messenger",bot="other"} 7`]);
    known.delete('other');
    changed('bot:other');
    expect(await shown()).toEqual([`${NAME}{platform="crisp",bot="demo"} 5.5`]);
  });
});
