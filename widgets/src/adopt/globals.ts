/** What themes call of another product's script: all of it means that there may be something new. */

import type { Adoption, AdoptedProduct } from '@plaudit/contract';

/** What the calls come to. */
export interface Calls {
  /** Adopts one element. */
  adopt: (element: Element) => void;
  /** Adopts all of the page. */
  refresh: () => void;
}

type Members = Record<string, unknown>;
/** Names of `window`, and what is found there. */
type Globals = Record<string, Members>;

const DEFINITIONS: Partial<Record<AdoptedProduct, (calls: Calls, appKey: string) => Globals>> = {
  yotpo: toYotpo,
  judgeme: ({ refresh }) => ({ jdgmCacheServer: { reloadAll: refresh } }),
  okendo: ({ adopt }) => ({
    okeWidgetApi: {
      initWidget: adopt,
      setProduct: (element: Element, id: string) => {
        element.setAttribute('data-oke-reviews-product-id', id);
      },
    },
  }),
  stamped: ({ refresh }) => ({ StampedFn: { init: refresh, reloadUGC: refresh } }),
};

/** Adds them to what the page has defined itself; what it does not let us, it goes without. */
export function defineGlobals({ from }: Adoption, appKey: string, calls: Calls): void {
  const host = window as unknown as Record<string, Members | undefined>;
  for (const product of from) {
    for (const [name, members] of Object.entries(DEFINITIONS[product]?.(calls, appKey) ?? {})) {
      try {
        const own = (host[name] ??= {});
        Object.defineProperties(own, Object.getOwnPropertyDescriptors(members));
      } catch {
        // Frozen by the page.
      }
    }
  }
}

const nothing = (): void => {};

function toYotpo({ adopt, refresh }: Calls, appKey: string): Globals {
  const yotpo = {
    initialized: true,
    state: 'ready',
    initWidgets: refresh,
    refreshWidgets: refresh,
    // A product that changes needs no cleaning up.
    clean: nothing,
    allowCookies: nothing,
    /** All that can be waited for has happened. */
    on: (_event: string, listener: () => void) => {
      setTimeout(listener);
    },
    get widgets() {
      const own = document.querySelectorAll('.yotpo > [product]');
      return [...own].map((element) => ({ element: element.parentElement }));
    },
  };
  class API {
    initWidgets = refresh;
    refreshWidgets = refresh;
  }
  const container = {
    initWidgets: refresh,
    initWidget: (_instance: unknown, placeholder: Element) => adopt(placeholder),
    guids: {
      [appKey]: { config: {}, initWidgets: refresh, yotpo_widget_scripts_loaded: true },
    },
    yotpoV3: {
      initWidgets: refresh,
      refreshWidgets: refresh,
      allowCookies: nothing,
      v2Callbacks: [],
    },
  };
  return {
    yotpo,
    Yotpo: { ...yotpo, API },
    yotpoWidgetsContainer: container,
  };
}
