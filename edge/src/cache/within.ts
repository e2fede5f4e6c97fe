/** What `within` answers when time runs out. */
export const LATE = Symbol('late');

/** Waits for work, but no longer than this; the work itself goes on. */
export async function within<T>(work: Promise<T>, limitMs: number): Promise<T | typeof LATE> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
