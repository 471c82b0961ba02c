import type { Author } from '@baton/control-api';
import type { Audit } from './audit.js';

/** What people see that visitors wrote; before the dot stands where. */
type Reading = 'conversation.read' | 'conversation.history-linked' | 'dead-letter.read';

const HOUR = 3_600_000;
const REMEMBERED = 10_000;

/** Notes who reads what visitors wrote: once for each person, conversation or dead letter, and hour. */
export class NoteReading {
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly audit: Pick<Audit, 'note'>,
    private readonly now: () => number = Date.now,
  ) {}

  async note(workspaceId: string, id: string, by: Author, action: Reading = 'conversation.read') {
    const key = [workspaceId, id, by.kind, by.id ?? by.name, action].join(' ');
    const at = this.now();
    if (at - (this.noted.get(key) ?? -HOUR) < HOUR) return;
    // Taken before it is written, so that two requests at once make one note; a failed one is written by the next.
    this.noted.delete(key);
    this.noted.set(key, at);
    if (this.noted.size > REMEMBERED) this.noted.delete(this.noted.keys().next().value!);
    try {
      await this.audit.note({ workspaceId, by, action, target: { kind: action.split('.')[0]!, id }, at: new Date(at) });
    } catch (error) {
      this.noted.delete(key);
      throw error;
    }
  }
}
