/** The one script that brings the widgets to life. In the browser it is added once, however often it is rendered. */

import { createElement, useEffect, useState, useSyncExternalStore, type ReactElement } from 'react';
import { loaderPath } from '@plaudit/contract';

/** Whose widgets, and from where. */
export interface PlauditScriptProps {
  /** Address of the edge, e.g. `https://reviews.example`. */
  edge: string;
  /** The shop's public key. */
  appKey: string;
  /** For pages whose Content-Security-Policy asks for one. */
  nonce?: string;
}

const subscribe = (): (() => void) => () => {};

/**
 * Loads the widgets' script. Rendered on a server it is a script tag; in the browser it is added to
 * the head, because a script tag that React 18 makes there never runs.
 */
export function PlauditScript({ edge, appKey, nonce }: PlauditScriptProps): ReactElement | null {
  const src = edge.replace(/\/$/, '') + loaderPath(appKey);
  const isServersTurn = useSyncExternalStore(
    subscribe,
    () => false,
    () => true,
  );
  // Stays what it was at first: a tag that the server wrote is not taken away.
  const [isInMarkup] = useState(isServersTurn);
  useEffect(() => {
    if (!isInMarkup) addScript(src, nonce);
  }, [isInMarkup, src, nonce]);
  return isInMarkup ? createElement('script', { async: true, src, nonce }) : null;
}

function addScript(src: string, nonce: string | undefined): void {
  const script = document.createElement('script');
  script.async = true;
  script.src = src;
  if (nonce !== undefined) script.nonce = nonce;
  if (![...document.scripts].some((other) => other.src === script.src))
    document.head.append(script);
}
