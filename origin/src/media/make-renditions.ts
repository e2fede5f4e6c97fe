/**
 * Makes what is shown of a photo that somebody sent. It is decoded and encoded anew, so nothing of
 * the file itself reaches a visitor: no place and time it was taken at (EXIF), no script in its tail,
 * no second format in its first bytes.
 */
import sharp, { type Sharp } from 'sharp';

/** The photo in the three sizes that are shown, as WebP. */
export interface Renditions {
  small: Uint8Array;
  medium: Uint8Array;
  large: Uint8Array;
}

/** The file is no photo that we take. */
export class UnusablePhotoError extends Error {}

/** Longest edge in pixels: a thumbnail on a dense screen, a column, a screen. */
const EDGES = { small: 320, medium: 960, large: 2048 } as const;
const QUALITY = 80;
/** A picture of a few kilobytes can claim to be larger than memory; no phone's camera goes beyond. */
const PIXELS_MAX = 64_000_000;
/** What cameras and browsers make. SVG, PDF and the like are programs rather than pictures. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);
const DECODE_LIMIT_SECONDS = 15;

/**
 * Makes the three sizes.
 * @throws UnusablePhotoError when it cannot be read, is no photo, or is too large; says which
 */
export async function makeRenditions(file: Uint8Array): Promise<Renditions> {
  // Of nothing, sharp makes nothing: it throws at once.
  if (file.length === 0) throw new UnusablePhotoError('The photo is empty.');
  const photo = sharp(file, {
    // The first picture of an animation.
    pages: 1,
    limitInputPixels: PIXELS_MAX,
    failOn: 'error',
    sequentialRead: true,
  });
  await requirePhoto(photo);
  try {
    // As the camera was held; the field that says so goes away with the others.
    const upright = photo.autoOrient();
    const [small, medium, large] = await Promise.all([
      encode(upright, EDGES.small),
      encode(upright, EDGES.medium),
      encode(upright, EDGES.large),
    ]);
    return { small, medium, large };
  } catch {
    throw new UnusablePhotoError('The photo is damaged.');
  }
}

async function requirePhoto(photo: Sharp): Promise<void> {
  const metadata = await photo.metadata().catch((error: unknown) => {
    const isTooLarge = error instanceof Error && /pixel limit/.test(error.message);
    throw new UnusablePhotoError(isTooLarge ? TOO_LARGE : 'This is no photo that can be read.');
  });
  if (!FORMATS.has(metadata.format)) {
    throw new UnusablePhotoError('A photo is a JPEG, PNG, WebP, GIF, AVIF or TIFF file.');
  }
  if (metadata.width * metadata.height > PIXELS_MAX) throw new UnusablePhotoError(TOO_LARGE);
}

const TOO_LARGE = `The photo has more than ${PIXELS_MAX / 1_000_000} million pixels.`;

/** Without `keepMetadata` and its like, sharp writes none. */
const encode = (photo: Sharp, edge: number): Promise<Uint8Array> =>
  photo
    .clone()
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .timeout({ seconds: DECODE_LIMIT_SECONDS })
    .toBuffer();
