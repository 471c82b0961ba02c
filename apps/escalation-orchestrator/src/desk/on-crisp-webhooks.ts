import { Controller } from '@nestjs/common';
import { crispWebhooks } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { parseCrispHook } from '@baton/crisp';
import { OnEvents, placeOf, UnprocessableEvent } from '@baton/messaging';
import type { ParkedRecord } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import type { Case } from '../judge/case.js';
import { deskEventId } from '../judge/desk-events.js';
import { Judge } from '../judge/judge.js';
import { Observations } from '../observations.js';
import type { SeenSign } from '../signs/desk-sign.js';
import { ShowDeskSigns } from '../signs/show-desk-signs.js';
import { CrispsMails } from './crisps-mails.js';
import type { MailedByCrisp } from './crisps-mails.js';
import { WebsiteHooks } from '../signals/website-hooks.js';
import { TellGap } from './tell-gap.js';
import { readHook } from './read-hook.js';
import { Sessions } from './sessions.js';

type Hook = ReceivedEvent<typeof crispWebhooks>;

@Controller()
export class OnCrispWebhooks {
  constructor(
    private readonly judge: Judge,
    private readonly sessions: Sessions,
    private readonly settings: SettingsStore,
    private readonly observations: Observations,
    private readonly gap: TellGap,
    private readonly signs: ShowDeskSigns,
    private readonly crispsMails: CrispsMails,
    private readonly hooks: WebsiteHooks,
  ) {}

  @OnEvents(crispWebhooks, { onParked: 'tellGap' })
  async handle(hooks: readonly Hook[]): Promise<void> {
    const mine = hooks.filter((hook) => this.mayConcernUs(hook));
    for (const { data, time } of mine) this.hooks.came(data.website_id, time.getTime());
    const owners = await this.sessions.ownersOf(mine.flatMap((hook) => hook.data.data.session_id ?? []));
    const cases: Case[] = [];
    let signs: SeenSign[] = [];
    const mailed: MailedByCrisp[] = [];
    for (const hook of mine) {
      const owner = owners.get(hook.data.data.session_id ?? '');
      if (!owner || owner.websiteId !== hook.data.website_id) {
        this.observations.ignored('unknown-session');
        continue;
      }
      const reading = readHook(parseCrispHook(hook.data));
      if ('unreadable' in reading) throw new UnprocessableEvent(`${hook.data.event}: ${reading.unreadable}`);
      if ('ignored' in reading) this.observations.ignored(reading.ignored);
      else if ('mailed' in reading)
        mailed.push({ conversationId: owner.conversationId, sessionId: hook.data.data.session_id!, fingerprints: reading.mailed });
      else if ('sign' in reading) {
        const { id, time, traceparent } = hook;
        signs.push({ id, at: time.getTime(), traceparent, conversationId: owner.conversationId, sign: reading.sign });
      } else {
        const { event } = reading;
        // Nobody is seen writing at what he has sent.
        if (event.kind === 'agent-message')
          signs = signs.filter(({ conversationId, sign }) => conversationId !== owner.conversationId || sign.kind !== 'typing');
        cases.push({
          conversationId: owner.conversationId,
          inboxId: deskEventId(event),
          matter: { about: 'desk', event },
          from: placeOf(hook),
          traceparent: hook.traceparent,
        });
      }
    }
    await this.judge.judge(cases);
    await this.crispsMails.count(mailed);
    await this.signs.show(signs);
  }

  /** A record that could not be understood was put aside: whoever works in that session is told that something is missing. */
  async tellGap(parked: ParkedRecord): Promise<void> {
    const owner = (await this.sessions.ownersOf([parked.key])).get(parked.key);
    if (owner) await this.gap.tellDesk(owner.conversationId, parked.id ?? parked.key);
  }

  /** A website's hook speaks for its own website only, a plugin's for those whose bots use it. */
  private mayConcernUs({ data, extensions }: Hook): boolean {
    const { botid } = extensions;
    const isAllowed =
      botid === undefined
        ? this.settings.botsOfWebsite(data.website_id).length > 0
        : this.settings.bot(botid)?.crisp?.websiteId === data.website_id;
    if (!isAllowed) this.observations.ignored('wrong-website');
    return isAllowed && data.data.session_id !== undefined;
  }
}
