/** Tells the page what happened: bubbles as `plaudit:NAME`, out of shadow trees too. */
export function emit(host: Element, name: string, detail: object): void {
  host.dispatchEvent(new CustomEvent(`plaudit:${name}`, { bubbles: true, composed: true, detail }));
}
