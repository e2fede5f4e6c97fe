/** `2026-08-01`, in the order every reader can read. */
export const isoDate = (instant: string): string => instant.slice(0, 10);
