import { icons } from '../page-kit/elements.js';

export const icon = icons({
  back: 'M12 4 6 10l6 6',
  check: 'm4 10.5 4 4 8-9',
  reopen: 'M4 10a6 6 0 1 0 2-4.5M4 3v4h4',
  edit: 'm4 16 .8-3.4L13.4 4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3L7.4 15.2z',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6',
  lock: 'M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7H5z',
  send: 'M3 10 17 4l-4 13-3-6zM10 11l7-7',
  spark: 'M10 3l1.600 5.400L17 10l-5.400 1.600L10 17l-1.600-5.400L3 10l5.400-1.600z',
  command: 'm4 6 4 4-4 4M10 14h6',
  chat: 'M4 5h12v8H9l-4 3v-3H4z',
});
