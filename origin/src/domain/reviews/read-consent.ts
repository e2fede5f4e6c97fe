import type { ReviewSubmission, Settings } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import type { Consent } from '../../db/schema.ts';
import { settingsVersions } from '../../db/settings-schema.ts';

/**
 * What a visitor has agreed to, as far as it can be shown later: nothing where the version has no text, or there
 * is none of that number. A review is not refused for it.
 */
export async function readConsent(
  tx: Database,
  shopId: number,
  { consentVersion, locale }: ReviewSubmission,
): Promise<Consent | null> {
  if (consentVersion === undefined) return null;
  const [set] = await tx
    .select({ value: settingsVersions.value })
    .from(settingsVersions)
    .where(
      and(
        eq(settingsVersions.shopId, shopId),
        eq(settingsVersions.kind, 'storefront'),
        eq(settingsVersions.version, consentVersion),
      ),
    );
  // As it was taken when it was set.
  const text = (set?.value as Settings | undefined)?.form?.consentText;
  if (!text) return null;
  return { version: consentVersion, ...(locale === undefined ? {} : { locale }) };
}
