import type { PhotosRequest } from './lightbox/index.tsx';

/** Shows photos of these reviews large; rejects where the code for it cannot be had. */
export const openPhotos = async (request: PhotosRequest): Promise<void> =>
  (await import('./lightbox/index.tsx')).open(request);
