/** Work that is done again and again: at once when something new is told of, and now and then. */

/** How long what another process wrote, or what was put off, may lie before it is looked at. */
const LOOK_EVERY_MS = 500;

/** Work under way until it is stopped. */
export interface WorkLoop {
  /** There is something new. */
  wake: () => void;
  /** Stops after what is under way. */
  stop: () => Promise<void>;
}

/** Repeats `work` until stopped; what it throws is told, and it goes on. */
export function startWorkLoop(
  work: () => Promise<void>,
  onFailure: (error: unknown) => void,
): WorkLoop {
  const stopping = new AbortController();
  let isWoken = false;
  let endWait = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, isWoken || stopping.signal.aborted ? 0 : LOOK_EVERY_MS);
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const repeat = async () => {
    while (!stopping.signal.aborted) {
      isWoken = false;
      try {
        await work();
      } catch (error) {
        onFailure(error);
      }
      await rest();
    }
  };
  const done = repeat();
  return {
    wake: () => {
      isWoken = true;
      endWait();
    },
    stop: () => {
      stopping.abort();
      endWait();
      return done;
    },
  };
}
