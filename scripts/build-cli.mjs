/** `npm run build`. */
import { withToolchain } from './toolchain.mjs';

await withToolchain(import.meta.url, async () => {
  const { build, buildSdk } = await import('./build.mjs');
  const isNew = await build();
  await buildSdk();
  console.log(isNew ? 'Built.' : 'Built the SDK; nothing else has changed since the last build.');
});
