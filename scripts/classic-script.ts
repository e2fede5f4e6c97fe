/** How modules become the classic script that a shop pastes. */
import type { Plugin } from 'rollup';

/** Where a shop's settings go in the loader. */
export const SETTINGS = '__PLAUDIT_SETTINGS__';

/**
 * Hands the settings to the loader as its only argument, so that they come last: all before them is
 * the same for every shop and can be compressed beforehand.
 */
export function settingsLast(): Plugin {
  const parameter = '$$';
  return {
    name: 'settings-last',
    renderChunk(code, { isEntry }) {
      if (!isEntry) return null;
      const [, body] = /^!function\(\)\{([^]*)\}\(\);\s*$/.exec(code) ?? [];
      if (body?.split(SETTINGS).length !== 2 || body.includes(parameter)) {
        return this.error('the loader is not one function that reads its settings once');
      }
      const taken = body.replace(SETTINGS, () => parameter);
      return { code: `!function(${parameter}){${taken}}(${SETTINGS});\n`, map: null };
    },
  };
}

/** A module as the function that a classic script runs, as strict as it was. */
export const intoFunction = (): Plugin => ({
  name: 'into-function',
  renderChunk: (code, { isEntry }) =>
    isEntry ? { code: `!function(){"use strict";${code.trim()}}();\n`, map: null } : null,
});
