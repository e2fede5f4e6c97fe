/** What the server takes, so that nobody waits for an upload that it would refuse. */

/** Photos in one review. */
export const PHOTOS_MAX = 10;
/** Megabytes of one photo, as it is sent. */
export const MEGABYTES_MAX = 10;
export const BYTES_MAX = MEGABYTES_MAX * 1024 * 1024;

/** Why a file cannot be used. */
export type Fault = 'wrongType' | 'tooLarge';

/** Whether a file calls itself a photo; a drawing in SVG is a program. Nameless ones are tried. */
export const isPhoto = ({ type }: File): boolean => /^(image\/(?!svg)|$)/.test(type);
