/** The shop's settings in the management API. */
import { settings as schema } from '@plaudit/contract/schema';
import { updateSettings as update } from '../../domain/settings/update.ts';
import { operation } from './operation.ts';
import { named } from './schema.ts';

const settings = named('Settings', schema);

export const getSettings = operation({
  method: 'get',
  path: '/settings',
  scope: 'settings:read',
  summary: 'Get the settings',
  answer: settings,
  isTagged: true,
  run: ({ shop }) => Promise.resolve({ body: shop.settings, tagged: shop.settings }),
});

export const updateSettings = operation({
  method: 'put',
  path: '/settings',
  scope: 'settings:write',
  summary: 'Replace the settings',
  description: 'All of them; the version grows by one. Storefronts show them within moments.',
  body: named('NewSettings', schema.omit({ version: true })),
  answer: settings,
  isConditional: true,
  run: async ({ domain, shop, body: wanted, requireMatch }) => {
    const body = await update(domain, shop.appKey, wanted, { check: requireMatch });
    return { body, tagged: body };
  },
});
