/** Firefox as distributions ship it, spoken to in WebDriver BiDi; Playwright's own build is not needed. */

import { existsSync } from 'node:fs';
import { firefox, type Browser } from 'playwright';

/** Where Firefox is on this machine, if it is. */
export const FIREFOX = [
  process.env['FIREFOX_PATH'],
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
].find((path) => path && existsSync(path));

/** A command that Playwright sends for every page and that the long-term release has yet to learn. */
const UNKNOWN = 'emulation.setMediaFeaturesOverride';

interface Session {
  send: (command: string, parameters: unknown) => Promise<unknown>;
}
/** What of Playwright's inside stands between a page and the browser. */
interface Inside {
  _connection: { toImpl: (browser: Browser) => { _browserSession: Session } };
}

export async function launchFirefox(): Promise<Browser> {
  if (!FIREFOX) throw new Error('There is no Firefox: install firefox-esr or set FIREFOX_PATH.');
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: FIREFOX });
  const { _browserSession } = (browser as unknown as Inside)._connection.toImpl(browser);
  // Pages have sessions of their own, of the same class.
  const sessions = Object.getPrototypeOf(_browserSession) as Session;
  const { send } = sessions;
  sessions.send = function (this: Session, command, parameters) {
    return command === UNKNOWN ? Promise.resolve({}) : send.call(this, command, parameters);
  };
  return browser;
}
