import { ApiClient, createOwnerLink } from '@baton/control-api';
import { CONTROL_PLANE_KEY } from './services.js';

/** A one-time link that signs the owner of the sandbox in at the console. */
export async function ownerLink(controlPlaneUrl: string): Promise<string> {
  const client = new ApiClient({ baseUrl: controlPlaneUrl, key: CONTROL_PLANE_KEY });
  const { url } = await client.call(createOwnerLink, { body: {} });
  return url;
}
