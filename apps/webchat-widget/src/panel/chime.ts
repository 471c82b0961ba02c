import type { Keep } from '../shared/keep.js';
import { mayChime } from '../sound/may-chime.js';
import type { Chimeable, LastChime } from '../sound/may-chime.js';

/** Two soft notes, made on the spot: frequency in Hz, start and length in s. */
const NOTES = [
  [659.25, 0, 0.18],
  [987.77, 0.09, 0.32],
] as const;
const LOUDNESS = 0.09;

/** Sounds a human's message: once, in one tab, only where the visitor has touched the page, and only if he wants it. */
export class Chime {
  private context: AudioContext | undefined;

  constructor(
    private readonly keep: Keep,
    private readonly alone: <T>(name: string, action: () => Promise<T>) => Promise<T>,
    private readonly byDefault: () => boolean,
  ) {}

  get muted(): boolean {
    const kept = this.keep.get('muted');
    return kept === undefined ? !this.byDefault() : kept === 'yes';
  }

  set muted(muted: boolean) {
    this.keep.set('muted', muted ? 'yes' : 'no');
  }

  async hear(message: Chimeable): Promise<void> {
    // A tab that may not make a sound must not keep another from making it.
    if (navigator.userActivation?.hasBeenActive === false) return;
    await this.alone('chime', async () => {
      const last = this.last();
      const now = Date.now();
      const sounds = mayChime(message, last, this.muted, now);
      if (sounds || message.seq > last.seq) this.keep.set('chime', JSON.stringify({ seq: message.seq, at: sounds ? now : last.at }));
      if (sounds) await this.play().catch(() => {});
    });
  }

  destroy(): void {
    void this.context?.close().catch(() => {});
  }

  private last(): LastChime {
    try {
      const { seq, at } = JSON.parse(this.keep.get('chime') ?? '') as LastChime;
      return { seq: Number(seq) || 0, at: Number(at) || 0 };
    } catch {
      return { seq: 0, at: 0 };
    }
  }

  private async play(): Promise<void> {
    const context = (this.context ??= new AudioContext());
    // Without leave to sound, `resume` waits for a touch that may come much later: then it is too late to chime.
    await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
    if (context.state !== 'running') return;
    for (const [frequency, start, length] of NOTES) {
      const at = context.currentTime + start;
      const note = context.createOscillator();
      const gain = context.createGain();
      note.frequency.value = frequency;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
      note.connect(gain).connect(context.destination);
      note.start(at);
      note.stop(at + length);
    }
  }
}
