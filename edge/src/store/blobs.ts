/**
 * The least that a place outside the isolate must offer to be a store: bytes by name. Two adapters,
 * for Workers KV and for the Cache API.
 */
export interface Blobs {
  get(name: string): Promise<ArrayBuffer | undefined>;
  put(name: string, bytes: ArrayBuffer, keepSeconds: number): Promise<void>;
  delete(name: string): Promise<void>;
}

/** KV forgets no sooner than this. */
const KV_KEEP_MIN_SECONDS = 60;
/** KV names are at most 512 bytes. */
const KV_NAME_MAX = 512;

/** What is used of a Workers KV namespace. */
export interface KvNamespace {
  get(name: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>;
  put(name: string, bytes: ArrayBuffer, options: { expirationTtl: number }): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Workers KV: every place on earth sees a change within a minute. */
export function kvBlobs(namespace: KvNamespace): Blobs {
  return {
    get: async (name) => (await namespace.get(await kvName(name), 'arrayBuffer')) ?? undefined,
    put: async (name, bytes, keepSeconds) => {
      const expirationTtl = Math.max(KV_KEEP_MIN_SECONDS, Math.ceil(keepSeconds));
      await namespace.put(await kvName(name), bytes, { expirationTtl });
    },
    delete: async (name) => namespace.delete(await kvName(name)),
  };
}

async function kvName(name: string): Promise<string> {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= KV_NAME_MAX) return name;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The Cache API: one data centre, free, and it may forget at any time. */
export function cacheApiBlobs(cache: Cache): Blobs {
  const urlOf = (name: string): string => `https://store.invalid/${encodeURIComponent(name)}`;
  return {
    get: async (name) => (await cache.match(urlOf(name)))?.arrayBuffer(),
    put: async (name, bytes, keepSeconds) => {
      const headers = { 'cache-control': `max-age=${Math.ceil(keepSeconds)}` };
      await cache.put(urlOf(name), new Response(bytes, { headers }));
    },
    delete: async (name) => {
      await cache.delete(urlOf(name));
    },
  };
}
