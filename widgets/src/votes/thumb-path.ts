/** A raised thumb in 24 by 24. */
export const THUMB_PATH =
  'M2 10h4v11H2zm6 0 4-8q3 0 3 3l-1 5h6q2 0 2 2l-2 7q-.5 2-2 2h-8q-2 0-2-2z';
