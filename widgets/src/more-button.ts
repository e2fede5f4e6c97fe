import { element } from './element.ts';

interface Continuation {
  /** What the next pages are appended to. */
  list: Element;
  /** The cursor of the second page. */
  next: string;
  label: string;
  /** Said when a page could not be had. */
  failed: string;
  /** Reads a page, appends it and says where the one after it starts. */
  load: (cursor: string) => Promise<string | undefined>;
}

/** The button that brings the next page of a list, and where it says that it could not. */
export function createMoreButton({
  list,
  next: first,
  label,
  failed,
  load,
}: Continuation): Element[] {
  let next: string | undefined = first;
  const failure = element('p', { role: 'alert' });
  const button = element('button', { part: 'more' }, label);
  // Never `disabled`: that would throw the focus off the button while it works.
  const isBusy = (): boolean => button.getAttribute('aria-disabled') === 'true';
  const more = async (cursor: string): Promise<void> => {
    button.setAttribute('aria-disabled', 'true');
    failure.textContent = '';
    try {
      const newest = list.children.length;
      next = await load(cursor);
      if (next !== undefined) return;
      // The button has done its work: the focus goes on to the first thing it brought.
      const hadFocus = button.matches(':focus');
      button.remove();
      if (hadFocus) list.children[newest]?.querySelector<HTMLElement>('a,[tabindex]')?.focus();
    } catch {
      failure.textContent = failed;
    } finally {
      button.removeAttribute('aria-disabled');
    }
  };
  button.addEventListener('click', () => {
    if (next !== undefined && !isBusy()) void more(next);
  });
  return [button, failure];
}
