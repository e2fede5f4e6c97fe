/** `npm run build`. */
import { withToolchain } from './toolchain.mjs';

await withToolchain(import.meta.url, async () => {
  const { build } = await import('./build.mjs');
  console.log(build() ? 'Built.' : 'Nothing has changed since the last build.');
});
