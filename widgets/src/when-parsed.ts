/** Runs it when the page has been parsed, at the earliest in a task of its own; it may run twice. */
export function whenParsed(task: () => void): void {
  // Not a frame: hidden and prerendered pages draw none.
  if (document.readyState === 'loading') document.addEventListener('readystatechange', task);
  else setTimeout(task);
}
