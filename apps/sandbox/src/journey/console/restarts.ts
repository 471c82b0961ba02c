import { ApiClient, exportWorkspace } from '@baton/control-api';
import { CONTROL_PLANE_KEY } from '../../platform/services.js';
import type { ServiceName } from '../../platform/services.js';
import { check, type Levers, type Stage } from '../stage.js';
import { WORKSPACE } from './cast.js';
import type { Person } from './person.js';

const SERVICES: readonly ServiceName[] = [
  'control-plane',
  'ingress',
  'orchestrator',
  'orchestrator-2',
  'dispatcher',
  'dispatcher-2',
  'ai',
  'ai-2',
];

/** Everything is killed at once, and comes back with all that was set. */
export async function restarts(stage: Stage, owner: Person, levers: Levers): Promise<void> {
  await stage.step('console: a kill of every service keeps all that was set, and who is signed in', async () => {
    const api = new ApiClient({ baseUrl: stage.place.controlPlane, key: CONTROL_PLANE_KEY });
    const before = JSON.stringify(await api.call(exportWorkspace, { params: { workspaceId: WORKSPACE } }));
    await Promise.all(SERVICES.map((service) => levers.kill(service)));
    const after = JSON.stringify(await api.call(exportWorkspace, { params: { workspaceId: WORKSPACE } }));
    check(after === before, 'something that was set is another one');
    await owner.opens(`${WORKSPACE}/bots`);
    await owner.heading('Bots').waitFor();
    const visitor = await stage.visitor('demo');
    await visitor.send('Hello again');
    await visitor.sees((one) => one.author.kind === 'bot', 'the bot after it');
  });
}
