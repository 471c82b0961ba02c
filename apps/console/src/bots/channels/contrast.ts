/** The text colour on a colour such as `#2f6fed`, as the chat chooses it: white as long as it can be read (4.5:1), else black. */
export function textOn(colour: string): '#000000' | '#ffffff' {
  return luminance(colour) <= 1.05 / 4.5 - 0.05 ? '#ffffff' : '#000000';
}

/** WCAG's relative luminance, 0 to 1; of black where it is no colour. */
function luminance(colour: string): number {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? '000000';
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
