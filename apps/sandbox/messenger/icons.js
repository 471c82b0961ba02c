// The drawings of this page; all of them on a field of 20 by 20.

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  back: 'M12 4 6 10l6 6',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5 5 15',
  send: 'M10 16V4M5 9l5-5 5 5',
  smile: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.500 8.500v.01M12.500 8.500v.01M7 12c1.600 2 4.400 2 6 0',
  sticker: 'M17 10a7 7 0 1 0-7 7zM17 10h-3.500a3.500 3.500 0 0 0-3.500 3.500V17M7.200 8v.01M12.200 8v.01',
  picture: 'M3 5h14v10H3zM3 13l4-4 3.500 3.500L13 10l4 4M13 8v.01',
  file: 'M5 3h6.500L15 6.500V17H5zM11.500 3v3.500H15',
  mic: 'M10 3a2 2 0 0 1 2 2v4a2 2 0 1 1-4 0V5a2 2 0 0 1 2-2zM5.500 9a4.500 4.500 0 0 0 9 0M10 13.500V17',
  film: 'M3 5h14v10H3zM8.500 8v4l3.500-2z',
  flag: 'M5 17V4h9l-2 3.500 2 3.500H5',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.500V13M10 7v.01',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.500 2',
  block: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM5.200 5.200l9.600 9.600',
  desk: 'M3 10 5 4h10l2 6v6H3zM3 10h4l1 2h4l1-2h4',
  bolt: 'M11 3 5 11h4l-1 6 6-8h-4z',
  signal: 'M4 14v2M8 11v5M12 8v8M16 4v12',
  edit: 'm4 16 .8-3.400L13.400 4a1.600 1.600 0 0 1 2.300 0l.3.300a1.600 1.600 0 0 1 0 2.300L7.400 15.200z',
  person: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 2.700-5 6-5s6 2 6 5',
};

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
