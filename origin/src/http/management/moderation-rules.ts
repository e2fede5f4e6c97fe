/** What a shop wants to look at before its visitors do, in the management API. */
import { readModerationRules } from '../../domain/moderation/read.ts';
import { moderationRules } from '../../domain/moderation/rules.ts';
import { updateModerationRules as update } from '../../domain/moderation/update.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { operation, type Caller } from './operation.ts';
import { named } from './schema.ts';

const rules = named('ModerationRules', moderationRules);

async function read({ domain, shop }: Caller) {
  const { rules } = await enterShop(domain.db, shop.appKey, (tx, { id }) =>
    readModerationRules(tx, id),
  );
  return { body: rules, tagged: rules };
}

export const getModerationRules = operation({
  method: 'get',
  path: '/moderation-rules',
  scope: 'settings:read',
  summary: 'Get the rules of moderation',
  description: 'They are never shown to visitors.',
  answer: rules,
  isTagged: true,
  run: read,
});

export const updateModerationRules = operation({
  method: 'put',
  path: '/moderation-rules',
  scope: 'settings:write',
  summary: 'Replace the rules of moderation',
  description:
    'What is left out is at its default. What was decided before stays as it is, and the rules that were are kept.',
  body: named('NewModerationRules', moderationRules.strict()),
  answer: rules,
  isConditional: true,
  run: async (request) => {
    const { domain, shop, body, requireMatch } = request;
    await update(domain, shop.appKey, body, { check: requireMatch });
    return { body, tagged: body };
  },
});
