/** Shows on standard error how far a long work is: a bar in a terminal, now and then a line elsewhere. */

const WIDTH = 30;
const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 5000;

/** How far the work is. */
export interface Progress {
  /** Rows done so far, and the share of the file (0 to 1) that they came from. */
  show: (rows: number, share: number) => void;
  /** Leaves the last state standing. */
  end: () => void;
}

/** Starts to show the progress of one file. */
export function startProgress(
  label: string,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const startedAt = performance.now();
  let shownAt = Number.NEGATIVE_INFINITY;
  let last = '';
  const draw = (rows: number, share: number) => {
    const seconds = Math.max(0.001, (performance.now() - startedAt) / 1000);
    const percent = `${Math.round(share * 100)} %`.padStart(5);
    const speed = `${Math.round(rows / seconds).toLocaleString('en')} rows/s`;
    const done = Math.round(share * WIDTH);
    const bar = `${'█'.repeat(done)}${'░'.repeat(WIDTH - done)}`;
    const figures = `${percent}  ${rows.toLocaleString('en')} rows  ${speed}`;
    return stream.isTTY ? `${label} ${bar} ${figures}` : `${label} ${figures}`;
  };
  return {
    show(rows, share) {
      last = draw(rows, Math.min(1, share));
      const now = performance.now();
      if (now - shownAt < (stream.isTTY ? BAR_EVERY_MS : LINE_EVERY_MS)) return;
      shownAt = now;
      stream.write(stream.isTTY ? `\r\u001B[K${last}` : `${last}\n`);
    },
    end() {
      stream.write(stream.isTTY ? `\r\u001B[K${last}\n` : `${last}\n`);
    },
  };
}
