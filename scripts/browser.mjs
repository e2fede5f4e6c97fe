/** Finds the browsers that tests drive, and installs them where that can be done unasked. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FIREFOX_CANDIDATES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** @returns {string | undefined} the path of a Chromium on this machine */
export function findBrowser() {
  const named = process.env['CHROMIUM_PATH'];
  return [...(named ? [named] : []), ...CANDIDATES].find((path) => existsSync(path));
}

/** @returns {string | undefined} the path of a Firefox on this machine */
export function findFirefox() {
  const named = process.env['FIREFOX_PATH'];
  return [...(named ? [named] : []), ...FIREFOX_CANDIDATES].find((path) => existsSync(path));
}

/** @param {string} name a package of Debian's, installed where this is Debian and we are root */
function install(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${name} …`);
  /** @type {import('node:child_process').ExecFileSyncOptions} */
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
}

/** Makes sure there is a Chromium; where it cannot be installed, the error says how to. */
export function ensureBrowser() {
  if (!findBrowser()) install('chromium');
  const browser = findBrowser();
  if (!browser) {
    console.error(
      'The browser tests need Chromium: install it (apt-get install chromium), or name one in CHROMIUM_PATH.',
    );
    process.exit(1);
  }
  process.env['CHROMIUM_PATH'] = browser;
}

/** Makes sure there is a Firefox, if there can be: tests in it are skipped without one, aloud. */
export function ensureFirefox() {
  if (findFirefox()) return;
  try {
    install('firefox-esr');
  } catch {
    // Other tests do not need it.
  }
  if (!findFirefox()) {
    console.warn(
      'No Firefox here: its tests are SKIPPED. Install it (apt-get install firefox-esr), or name one in FIREFOX_PATH.',
    );
  }
}
