/** A server under measurement. */
export interface Server {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The core that servers are pinned to; the load comes from the others. */
export const SERVER_CORE = 0;
