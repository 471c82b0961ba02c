/** How bright a colour `#rrggbb` is to the eye, 0 to 1 (WCAG 2.2). */
export function luminance(colour: string): number {
  return [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
    const part = parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
}

/** The text colour for a background: white as long as it can be read (4.5:1), else black. */
export function readableOn(background: string): string {
  return luminance(background) <= 1.05 / 4.5 - 0.05 ? '#fff' : '#000';
}
