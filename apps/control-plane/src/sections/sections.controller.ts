import { Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { getBotWebchat, SECTIONS } from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import { Call, requiredVersion } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { Answer, Serves } from '../api/serves.js';
import { Bots } from '../bots/bots.js';

type Sections = (typeof SECTIONS)[keyof typeof SECTIONS];
type OfBot = CallOf<typeof getBotWebchat>;

/** Serves one part of a bot. */
function controllerOf({ section, get, put }: Sections): Type {
  @Controller()
  class SectionController {
    constructor(private readonly bots: Bots) {}

    @Serves(get as Operation)
    async get(@Call() { params }: OfBot) {
      const shown = await this.bots.getPart(params.workspaceId, params.botId, section);
      return new Answer(shown, shown);
    }

    @Serves(put as Operation)
    async put(@Call() call: OfBot) {
      return answered(await this.bots.putPart(whichOf(call), section, call.body));
    }
  }
  return SectionController;
}

/** Takes one part of a bot away. */
function removalOf({ section, remove }: Sections): Type {
  @Controller()
  class SectionRemovalController {
    constructor(private readonly bots: Bots) {}

    @Serves(remove as Operation)
    async remove(@Call() call: OfBot) {
      return answered(await this.bots.putPart(whichOf(call), section, undefined));
    }
  }
  return SectionRemovalController;
}

const whichOf = (call: OfBot) => ({ ...call.params, version: requiredVersion(call), ...deedOf(call.caller) });

const answered = (shown: Awaited<ReturnType<Bots['putPart']>>) =>
  new Answer(shown, { version: shown.version, status: shown.published ? 200 : 202 });

const { webchat, messenger, hours } = SECTIONS;

export const SECTION_CONTROLLERS = [...Object.values(SECTIONS).map(controllerOf), ...[webchat, messenger, hours].map(removalOf)];
