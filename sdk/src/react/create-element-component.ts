/** A React component for one custom element: attributes, events and the fallback between its tags. */

import {
  createElement,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type CSSProperties,
  type ForwardRefExoticComponent,
  type ReactNode,
  type Ref,
  type RefAttributes,
} from 'react';
import type { PlauditElements, PlauditEvents } from '../elements.ts';

/** What every component takes beside its element's own attributes. */
export interface CommonProps {
  /** The fallback: shown until the widget can be, and again if it fails. */
  children?: ReactNode;
  className?: string;
  id?: string;
  style?: CSSProperties;
  slot?: string;
  hidden?: boolean;
  /** The widget is shown; `product` is null where it is about the whole shop. Ratings do not tell. */
  onReady?: (event: PlauditEvents['plaudit:ready']) => void;
  /** A visitor has sent a review. */
  onSubmit?: (event: PlauditEvents['plaudit:submit']) => void;
  /** A visitor has withdrawn the review that was just sent. */
  onWithdraw?: (event: PlauditEvents['plaudit:withdraw']) => void;
  /** A visitor has asked a question. */
  onAsk?: (event: PlauditEvents['plaudit:ask']) => void;
  /** The widget could not be shown; the children are. */
  onError?: (event: PlauditEvents['plaudit:error']) => void;
  [data: `data-${string}`]: string | undefined;
}

type Own<Name extends keyof PlauditElements> = Omit<
  PlauditElements[Name],
  keyof CommonProps | `on${keyof PlauditEvents}` | 'class' | 'key' | 'ref'
>;

/** The props of one element's component. */
export type ElementProps<Name extends keyof PlauditElements> = Own<Name> & CommonProps;

/** The component of one element; its `ref` is the element. */
export type ElementComponent<Name extends keyof PlauditElements> = ForwardRefExoticComponent<
  ElementProps<Name> & RefAttributes<HTMLElement>
>;

/** Before anything can happen in the page; servers have no page, and React 18 warns of it there. */
const useEarlyEffect: typeof useEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** Makes the component of `<plaudit-…>`. */
export function createElementComponent<Name extends keyof PlauditElements>(
  name: Name,
): ElementComponent<Name> {
  const Component = forwardRef((props: CommonProps, ref: Ref<HTMLElement>) => {
    const { onReady, onSubmit, onWithdraw, onAsk, onError, className, hidden, ...attributes } =
      props;
    const element = useRef<HTMLElement>(null);
    // By the time anyone reads it, there is one.
    useImperativeHandle(ref, () => element.current as HTMLElement);
    useOwnEvent(element, 'plaudit:ready', onReady);
    useOwnEvent(element, 'plaudit:submit', onSubmit);
    useOwnEvent(element, 'plaudit:withdraw', onWithdraw);
    useOwnEvent(element, 'plaudit:ask', onAsk);
    useOwnEvent(element, 'plaudit:error', onError);
    return createElement(name, {
      ...attributes,
      // As attributes, because React 18 sets nothing else on a custom element.
      ...(className !== undefined && { class: className }),
      ...(hidden && { hidden: 'hidden' }),
      ref: element,
    });
  });
  Component.displayName = name;
  return Component;
}

/** Listens to an event of this element, not to those of widgets inside its fallback. */
function useOwnEvent<Type extends keyof PlauditEvents>(
  element: { readonly current: HTMLElement | null },
  type: Type,
  handle: ((event: PlauditEvents[Type]) => void) | undefined,
): void {
  useEarlyEffect(() => {
    const target = element.current;
    if (!target || !handle) return undefined;
    const listen = (event: Event): void => {
      if (event.target === target) handle(event as PlauditEvents[Type]);
    };
    target.addEventListener(type, listen);
    return () => target.removeEventListener(type, listen);
  }, [element, type, handle]);
}
