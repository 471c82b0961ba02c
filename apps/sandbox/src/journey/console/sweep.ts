import { check, type Stage } from '../stage.js';
import { WORKSPACE } from './cast.js';
import type { Person } from './person.js';

const BOT = `${WORKSPACE}/bots/demo`;
const PAGES = [
  `${WORKSPACE}/bots`,
  ...[
    'overview',
    'channels',
    'crisp',
    'assistant',
    'handover',
    'messages',
    'hours',
    'keys',
    'privacy',
    'knowledge',
    'playground',
    'history',
  ].map((tab) => `${BOT}/${tab}`),
  ...[
    'conversations',
    'dead-letters',
    'operations',
    'usage',
    'kill-switch',
    'members',
    'api-keys',
    'workspace',
    'audit',
    'privacy',
    'account',
  ].map((page) => `${WORKSPACE}/${page}`),
  `${WORKSPACE}/no-such-page`,
];

/** Every page, in the light on a desk and in the dark on a phone: for screen readers, without a broken policy, without scrolling sideways. */
export async function sweep(stage: Stage, owner: Person): Promise<void> {
  for (const [scheme, width, where] of [
    ['light', 1280, 'in the light on a desk'],
    ['dark', 390, 'in the dark on a phone'],
  ] as const) {
    await stage.step(`console: ${PAGES.length} pages ${where} are sound`, async () => {
      await owner.looks(scheme, width);
      const problems: string[] = [];
      for (const page of PAGES) {
        await owner.opens(page);
        await owner.settles();
        await owner.pageIsSound(`${page} ${scheme}`).catch((error: unknown) => problems.push((error as Error).message));
      }
      check(problems.length === 0, problems.join('\n             '));
    });
  }

  await stage.step('console: no page complained', async () => {
    const complaints = owner.complaints(/status of 4\d\d|status of 503/);
    check(complaints.length === 0, complaints.join('; '));
  });
}
