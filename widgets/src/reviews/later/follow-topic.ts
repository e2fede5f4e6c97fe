import type { ReviewList } from '../list.ts';

/** Shows the reviews of the topic that the element names, and again whenever the page sets one. */
export function followTopic(
  { root: { host }, signal }: { root: ShadowRoot; signal: AbortSignal },
  ask: ReviewList['ask'],
): void {
  const follow = (): void => void ask({ topic: host.getAttribute('topic') || undefined });
  if (host.hasAttribute('topic')) follow();
  const observer = new MutationObserver(follow);
  observer.observe(host, { attributeFilter: ['topic'] });
  signal.addEventListener('abort', () => observer.disconnect());
}
