import type { Request } from '@plaudit/sdk';

/** Bare: cards wait behind their fallback, and chunks bring their own patience and errors. */
export const createBareRequest =
  (edge: string): Request =>
  async (path, call) => {
    const response = await fetch(edge + path, { ...call, credentials: 'omit' });
    if (!response.ok) throw Error(`${response.status}`);
    return response.json();
  };
