import { CrispPluginSettingsSchema } from '@baton/contracts';
import { z } from 'zod';
import { VersionSchema } from '../bots/bots.js';
import { NOTHING } from '../common.js';
import { defineOperation } from '../operation.js';
import { GivenSecretSchema, ShownSecretSchema } from '../secret.js';

const OfPlugin = z.object({ pluginId: CrispPluginSettingsSchema.shape.pluginId });
const ShownPluginSchema = CrispPluginSettingsSchema.extend({ signingSecrets: z.array(ShownSecretSchema) });
/** The signing secrets in clear, or marks of those to keep. */
const GivenPluginSchema = CrispPluginSettingsSchema.extend({ signingSecrets: z.array(GivenSecretSchema).min(1).max(2) });
const PluginAnswerSchema = VersionSchema.extend({ plugin: ShownPluginSchema, published: z.boolean() });

const common = { tag: 'Crisp plugins', access: { to: 'installation' }, query: NOTHING } as const;

export const listCrispPlugins = defineOperation({
  ...common,
  id: 'listCrispPlugins',
  method: 'GET',
  path: '/v1/crisp-plugins',
  summary: 'The Crisp plugins whose signed web hooks are taken, for all workspaces.',
  params: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(PluginAnswerSchema) }),
});

export const getCrispPlugin = defineOperation({
  ...common,
  id: 'getCrispPlugin',
  method: 'GET',
  path: '/v1/crisp-plugins/{pluginId}',
  summary: 'A Crisp plugin.',
  params: OfPlugin,
  body: NOTHING,
  answer: PluginAnswerSchema,
  etag: 'shown',
});

export const putCrispPlugin = defineOperation({
  ...common,
  id: 'putCrispPlugin',
  method: 'PUT',
  path: '/v1/crisp-plugins/{pluginId}',
  summary: 'Sets a Crisp plugin, all of it. If-None-Match: * makes a new one.',
  params: OfPlugin,
  body: GivenPluginSchema,
  answer: PluginAnswerSchema,
  etag: 'required',
  problems: ['taken'],
});

export const deleteCrispPlugin = defineOperation({
  ...common,
  id: 'deleteCrispPlugin',
  method: 'DELETE',
  path: '/v1/crisp-plugins/{pluginId}',
  summary: 'Takes a Crisp plugin away: its web hooks are refused.',
  params: OfPlugin,
  body: NOTHING,
  answer: NOTHING,
  etag: 'required',
});
