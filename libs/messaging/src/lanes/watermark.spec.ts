import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Watermark } from './watermark.js';

describe('the watermark of a partition', () => {
  it('knows nothing before the first record', () => {
    expect(new Watermark().committable).toBeUndefined();
  });

  it('stands at the oldest unfinished record, whatever is finished behind it', () => {
    const watermark = new Watermark();
    const places = [5n, 6n, 9n].map((offset) => watermark.add(offset));
    watermark.finish(places[1]!);
    watermark.finish(places[2]!);
    expect(watermark.committable).toBe(5n);
    watermark.finish(places[0]!);
    expect(watermark.committable).toBe(10n);
  });

  it('refuses records that come out of order', () => {
    const watermark = new Watermark();
    watermark.add(3n);
    expect(() => watermark.add(3n)).toThrow('offset 3 came after 3');
  });

  it('never passes an unfinished record and never goes back, in whatever order records end', () => {
    const offsets = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(offsets, fc.infiniteStream(fc.nat()), (gaps, choices) => {
        const watermark = new Watermark();
        let offset = 0n;
        let open = gaps.map((gap) => watermark.add((offset += BigInt(gap))));
        let before = watermark.committable!;
        for (const choice of choices) {
          if (open.length === 0) break;
          const place = open[choice % open.length]!;
          open = open.filter((one) => one !== place);
          watermark.finish(place);
          const now = watermark.committable!;
          expect(now).toBeGreaterThanOrEqual(before);
          for (const one of open) expect(now).toBeLessThanOrEqual(one.offset);
          before = now;
        }
        expect(watermark.committable).toBe(offset + 1n);
      }),
    );
  });

  it('stays quick and small when very many records pass', () => {
    const watermark = new Watermark();
    let behind = watermark.add(0n);
    for (let n = 1n; n < 20_000n; n++) {
      const place = watermark.add(n);
      watermark.finish(behind);
      behind = place;
    }
    expect(watermark.committable).toBe(19_999n);
  });
});
