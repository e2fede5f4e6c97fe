/** Makes a photo small enough to be sent soon, and a picture of it to look at meanwhile. */

/** What is sent, and what is shown; no picture where the browser cannot read the file. */
export interface Prepared {
  upload: Blob;
  preview?: HTMLCanvasElement;
}

/** The longest edge that is ever shown, in pixels; the server keeps no larger one. */
const EDGE_MAX = 2048;
/** The picture in the form, on a dense screen. */
const PREVIEW_EDGE = 192;
/** A file of a type that every server reads and that is this small is sent as it is. */
const SMALL_BYTES = 400_000;
const COMMON_TYPE = /^image\/(jpeg|png|webp|gif|avif)$/;
const QUALITY = 0.85;
const PROBE = '#123456';
const PROBE_BYTES = [0x12, 0x34, 0x56, 0xff];

/**
 * Prepares a file. Drawn on a canvas, so that no `blob:` address is needed, which the page's
 * Content-Security-Policy might forbid.
 */
export async function prepare(file: File): Promise<Prepared> {
  const bitmap = await createImageBitmap(file).catch(() => {});
  // The server may know the format, or says that it does not.
  if (!bitmap) return { upload: file };
  try {
    const isFine = file.size <= SMALL_BYTES && COMMON_TYPE.test(file.type);
    return {
      preview: draw(bitmap, PREVIEW_EDGE),
      upload: isFine ? file : await shrink(bitmap, file),
    };
  } finally {
    bitmap.close();
  }
}

/** The photo as a JPEG file, unless that gains nothing or the browser would not tell the truth. */
async function shrink(bitmap: ImageBitmap, file: File): Promise<Blob> {
  const canvas = draw(bitmap, EDGE_MAX);
  const jpeg = await new Promise<Blob | null>((resolve) => {
    if (isReadable()) canvas.toBlob(resolve, 'image/jpeg', QUALITY);
    else resolve(null);
  });
  const isBetter = jpeg && (jpeg.size < file.size || !COMMON_TYPE.test(file.type));
  return isBetter ? jpeg : file;
}

function draw(bitmap: ImageBitmap, edge: number): HTMLCanvasElement {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  // JPEG knows no transparency: what shines through is white, as on paper.
  const [canvas, context] = createCanvas(width, height, '#fff');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

/** Browsers that resist fingerprinting hand out noise where a canvas is read. */
function isReadable(): boolean {
  const [, context] = createCanvas(1, 1, PROBE);
  const { data } = context.getImageData(0, 0, 1, 1);
  return PROBE_BYTES.every((byte, index) => data[index] === byte);
}

function createCanvas(
  width: number,
  height: number,
  colour: string,
): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas to draw on.');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return [canvas, context];
}
