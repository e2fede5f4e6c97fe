/** Shows on standard error how many rows are done, where nobody knows how many there will be. */
const SHOW_EVERY_MS = 1000;

export function countRows(label: string): { show: (rows: number) => void; end: () => void } {
  let shownAt = performance.now();
  let last = '';
  const write = (text: string) => process.stderr.write(text);
  return {
    show(rows) {
      last = `${label}: ${rows.toLocaleString('en')} rows`;
      if (!process.stderr.isTTY || performance.now() - shownAt < SHOW_EVERY_MS) return;
      shownAt = performance.now();
      write(`\r\u001B[K${last}`);
    },
    end() {
      if (process.stderr.isTTY) write(`\r\u001B[K${last}\n`);
    },
  };
}
