import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contrast, isHexColour, readableShade } from './contrast.js';
import { readableOn } from './on-accent.js';

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('colours the owner of a bot may choose', () => {
  it('are measured as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('always get a text that can be read on them', () => {
    fc.assert(fc.property(colours, (colour) => contrast(readableOn(colour) === '#fff' ? '#ffffff' : '#000000', colour) >= 4.5));
    expect(readableOn('#2f6fed')).toBe('#fff');
    expect(readableOn('#ffe14d')).toBe('#000');
  });

  it('become, as text, a shade that can be read on a light and on a dark background', () => {
    for (const background of ['#ffffff', '#f1f2f4', '#262a32']) {
      fc.assert(fc.property(colours, (colour) => contrast(readableShade(colour, background), background) >= 4.5));
    }
    expect(readableShade('#0f5132', '#ffffff')).toBe('#0f5132');
  });

  it('are only taken where they are written in full', () => {
    expect(['#2f6fed', '#ABCDEF', 'red', '#fff', '#2f6fed;', undefined].map(isHexColour)).toEqual([true, true, false, false, false, false]);
  });
});
