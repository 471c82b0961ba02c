import type { Alarm, Author } from '@baton/control-api';
import type { Audit } from '../audit/audit.js';
import { placeOf, readPlace } from '../audit/place.js';
import { ApiRefusal } from '../api/problem.js';
import type { AlarmRow, AlarmsStore, AlarmViewer } from './alarms.store.js';
import { severityOf, wordsOf } from './catalog.js';

/** Alarms as the API shows them, and what can be done with them. */
export class Alarms {
  constructor(private readonly o: { readonly store: AlarmsStore; readonly audit: Pick<Audit, 'note'>; readonly now?: () => Date }) {}

  /** The worst and newest first; those that are over, newest first. */
  async list(
    viewer: AlarmViewer,
    { state, limit, before }: { readonly state: 'open' | 'closed'; readonly limit: number; readonly before?: string | undefined },
  ) {
    const place = before === undefined ? undefined : readPlace(before);
    const rows = await this.o.store.list(viewer, {
      state,
      limit: limit + 1,
      ...(place && { before: { at: new Date(place.at), id: place.entryId } }),
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const items = page.map((row) => this.shown(row));
    if (state === 'open') items.sort((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'));
    return { items, next: rows.length > limit && last ? placeOf({ at: last.since.toISOString(), entryId: last.id }) : null };
  }

  /** How many are open and not muted. */
  async count(viewer: AlarmViewer): Promise<{ critical: number; warning: number }> {
    const rows = (await this.o.store.open()).filter(
      (row) => row.workspaceId === viewer.workspaceId || (viewer.seesInstallation && row.workspaceId === null),
    );
    const loud = rows.filter((row) => !this.isMuted(row));
    const critical = loud.filter(({ code }) => severityOf(code) === 'critical').length;
    return { critical, warning: loud.length - critical };
  }

  /** @param minutes null lets it be heard again */
  async mute(viewer: AlarmViewer, alarmId: string, minutes: number | null, by: Author): Promise<Alarm> {
    const until = minutes === null ? null : new Date(this.now().getTime() + minutes * 60_000);
    const action = until === null ? 'alarm.unmuted' : 'alarm.muted';
    return this.changed(
      await this.o.store.mute(viewer, alarmId, until, (manager) =>
        this.o.audit.note(
          { workspaceId: viewer.workspaceId, by, action, target: { kind: 'alarm', id: alarmId }, details: { minutes } },
          manager,
        ),
      ),
    );
  }

  /** Somebody looks after it. */
  async acknowledge(viewer: AlarmViewer, alarmId: string, by: Author): Promise<Alarm> {
    return this.changed(
      await this.o.store.acknowledge(viewer, alarmId, { by, at: this.now() }, (manager) =>
        this.o.audit.note(
          { workspaceId: viewer.workspaceId, by, action: 'alarm.acknowledged', target: { kind: 'alarm', id: alarmId } },
          manager,
        ),
      ),
    );
  }

  private changed(row: AlarmRow | undefined): Alarm {
    if (!row) throw new ApiRefusal('not-found', 'There is no such alarm, or it is over.');
    return this.shown(row);
  }

  private shown(row: AlarmRow): Alarm {
    return {
      alarmId: row.id,
      code: row.code,
      severity: severityOf(row.code),
      workspaceId: row.workspaceId,
      about: row.about,
      facts: { ...row.facts },
      ...wordsOf(row),
      state: row.state,
      since: row.since.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      mutedUntil: this.isMuted(row) ? row.mutedUntil!.toISOString() : null,
      acknowledgedBy: row.acknowledgedBy,
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    };
  }

  private isMuted({ mutedUntil }: AlarmRow): boolean {
    return mutedUntil !== null && mutedUntil > this.now();
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}
