import type { Stage } from '../stage.js';
import { WORKSPACE } from './cast.js';
import { knowing } from './knowing.js';
import { messages } from './messages.js';
import { people } from './people.js';
import { settingsReachAll } from './reach.js';
import { restarts } from './restarts.js';
import { settingUp } from './setting-up.js';
import { sweep } from './sweep.js';
import { troubles } from './troubles.js';
import { watching } from './watching.js';

/** What a support lead does in a browser, in a real Chromium, and what a platform team does over the API. */
export async function consoleJourney(stage: Stage): Promise<void> {
  const { levers } = stage;
  if (!levers) throw new Error('the console is looked at in a sandbox of the journey’s own');
  const owner = await settingUp(stage);
  await messages(stage, owner);
  await knowing(stage, owner);
  await watching(stage, owner);
  await troubles(stage, owner, levers);
  await people(stage, owner);
  await settingsReachAll(stage, WORKSPACE, 'demo');
  await sweep(stage, owner);
  await restarts(stage, owner, levers);
  await owner.leaves();
}
