/** Everything that the management API can do; the names are those of the OpenAPI document. */
import * as auditLog from './audit-log.ts';
import * as exports from './export.ts';
import * as imports from './imports.ts';
import * as moderationRules from './moderation-rules.ts';
import * as orders from './orders.ts';
import * as persons from './persons.ts';
import * as products from './products.ts';
import * as questions from './questions.ts';
import * as reviews from './reviews.ts';
import * as settingsVersions from './settings-versions.ts';
import { startImport } from './start-import.ts';
import * as settings from './settings.ts';
import * as variants from './variants.ts';
import * as webhooks from './webhooks.ts';

export const operations = {
  ...reviews,
  ...exports,
  ...questions,
  ...products,
  ...variants,
  ...orders,
  ...settings,
  ...settingsVersions,
  ...moderationRules,
  ...webhooks,
  ...imports,
  startImport,
  ...persons,
  ...auditLog,
};
