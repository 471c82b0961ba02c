import { icons } from '../page-kit/elements.js';

export const icon = icons({
  back: 'M12 4 6 10l6 6',
  plus: 'M10 4v12M4 10h12',
  send: 'M10 16V4M5 9l5-5 5 5',
  spark: 'M10 3l1.600 5.400L17 10l-5.400 1.600L10 17l-1.600-5.400L3 10l5.400-1.600z',
  file: 'M5 3h6.500L15 6.500V17H5zM11.500 3v3.500H15',
  inbox: 'M3 10 5 4h10l2 6v6H3zM3 10h4l1 2h4l1-2h4',
  lock: 'M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7H5z',
});
