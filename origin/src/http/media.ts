/** Visitors' photos: taken, made harmless, shown. */
import { mediaTag, patterns, shopTag, type MediaReceipt } from '@plaudit/contract';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context as DomainContext } from '../domain/context.ts';
import { keepUpload } from '../domain/uploads/keep.ts';
import { uploadUrls } from '../domain/uploads/urls.ts';
import { readUpload, type UploadSize } from '../domain/uploads/read.ts';
import { findShop } from '../domain/shops/find.ts';
import { makeRenditions, UnusablePhotoError } from '../media/make-renditions.ts';
import { cachingFields, NO_STORE } from './caching-policy.ts';
import { ProblemError } from './problems.ts';
import { refuseMethod } from './storefront-request.ts';

/** What a phone's camera makes, with room to spare. */
const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
const FORM_MAX_BYTES = PHOTO_MAX_BYTES + 4096;
/** Decoding takes a core and tens of megabytes; more at once would take them from the readers. */
const DECODED_AT_ONCE = 2;
const WAITING_MAX = 20;

/** The routes of photos. */
export function media(domain: DomainContext): Hono {
  const app = new Hono();
  const decode = inTurn(DECODED_AT_ONCE, WAITING_MAX);

  app.post(patterns.mediaUpload, limitForm(), async (context) => {
    const appKey = context.req.param('appKey');
    await findShop(domain.db, appKey);
    const file = await readFile(context.req.raw);
    const renditions = await decode(() => makeRenditions(file)).catch(toProblemError);
    const id = await keepUpload(domain, appKey, renditions);
    const receipt: MediaReceipt = { id, ...uploadUrls(domain, appKey, id) };
    return context.json(receipt, 201, NO_STORE);
  });

  app.get(patterns.mediaRendition, async (context) => {
    const { appKey, mediaId, file } = context.req.param();
    // The pattern lets no other through.
    const size = file.replace('.webp', '') as UploadSize;
    const bytes = await readUpload(domain.db, appKey, mediaId, size);
    return context.body(bytes, 200, {
      ...cachingFields('media'),
      'cache-tag': [shopTag(appKey), mediaTag(appKey, mediaId)].join(','),
      etag: `"${mediaId}-${size}"`,
      'content-type': 'image/webp',
      'content-length': String(bytes.length),
      'content-disposition': 'inline',
      // Opened by itself, it is a picture and nothing else.
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  app.all(patterns.mediaUpload, refuseMethod('OPTIONS, POST'));
  app.all(patterns.mediaRendition, refuseMethod('GET, HEAD, OPTIONS'));
  return app;
}

const limitForm = () =>
  bodyLimit({
    maxSize: FORM_MAX_BYTES,
    onError: () => {
      const detail = `A photo has at most ${PHOTO_MAX_BYTES / 1024 / 1024} MB.`;
      throw new ProblemError('body-too-large', { detail });
    },
  });

/** A form, because another content type would cost a storefront a preflight. */
async function readFile(request: Request): Promise<Uint8Array> {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data')) {
    throw new ProblemError('unsupported-media-type', { detail: 'Send multipart/form-data.' });
  }
  const form = await request.formData().catch(() => undefined);
  const file = form?.get('file');
  if (!(file instanceof File)) {
    const errors = [{ field: 'file', message: 'must be a photo' }];
    throw new ProblemError('invalid-body', { detail: 'The form has no field `file`.', errors });
  }
  return new Uint8Array(await file.arrayBuffer());
}

function toProblemError(error: unknown): never {
  if (!(error instanceof UnusablePhotoError)) throw error;
  const errors = [{ field: 'file', message: error.message }];
  throw new ProblemError('invalid-body', { detail: error.message, errors });
}

/**
 * Lets so many run at once and so many wait.
 * @throws ProblemError 503 when too many wait
 */
function inTurn(runningMax: number, waitingMax: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= runningMax) {
      if (waiting.length >= waitingMax) throw new ProblemError('unavailable');
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else running++;
    try {
      return await work();
    } finally {
      // Hands its place on, or gives it back.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
