import { count } from 'drizzle-orm';
import { webhookEndpoints } from '../../db/webhook-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { sealSecret } from '../keys/sealed.ts';
import { newPublicId } from '../reviews/public-id.ts';
import { enterShop, findShop, lockShop } from '../shops/find.ts';
import { toEndpoint, type Endpoint } from './endpoint.ts';
import { InvalidEndpointError } from './errors.ts';
import { EVENT_TYPES, type EventType } from './events.ts';
import { newWebhookSecret } from './secret.ts';

/** Every event is written once for each of them. */
const ENDPOINTS_MAX = 20;
const URL_MAX_LENGTH = 2000;

/**
 * Adds an address to tell of what happens. Several may listen to the same event.
 * @returns the endpoint with its secret, which nobody is shown again
 * @throws UnknownShopError
 * @throws InvalidEndpointError
 */
export async function addEndpoint(
  context: Context,
  appKey: string,
  { url, events }: { url: string; events: readonly string[] },
): Promise<Endpoint & { secret: string }> {
  const { db, now, vault } = context;
  const keys = await vault.keysOf((await findShop(db, appKey)).id);
  const publicId = newPublicId();
  const secret = newWebhookSecret();
  const row = {
    publicId,
    url: toUrl(url),
    events: toEventTypes(events),
    secret: sealSecret(keys, publicId, secret),
    keyVersion: keys.version,
    createdAt: now(),
  };
  return enterShop(db, appKey, async (tx, found) => {
    const shop = await lockShop(tx, found);
    const [total] = await tx.select({ n: count() }).from(webhookEndpoints);
    if ((total?.n ?? 0) >= ENDPOINTS_MAX) {
      throw new InvalidEndpointError(`A shop has at most ${ENDPOINTS_MAX} webhooks.`);
    }
    const [added] = await tx
      .insert(webhookEndpoints)
      .values({ ...row, shopId: shop.id })
      .returning();
    if (!added) throw new Error('The endpoint was not added.');
    const act = { verb: 'webhook.add', subject: added.publicId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return { ...toEndpoint(added), secret };
  });
}

/** Where the address leads is looked at when it is called; a name may lead elsewhere by then. */
function toUrl(text: string): string {
  const url = URL.parse(text);
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (!isPlain || text.length > URL_MAX_LENGTH) {
    throw new InvalidEndpointError('The URL must be http or https, without a user in it.');
  }
  return url.href;
}

function toEventTypes(events: readonly string[]): EventType[] {
  const known: readonly string[] = EVENT_TYPES;
  const unknown = events.find((event) => !known.includes(event));
  if (unknown !== undefined) {
    throw new InvalidEndpointError(
      `There is no event "${unknown}"; there are ${EVENT_TYPES.join(', ')}.`,
    );
  }
  return EVENT_TYPES.filter((type) => events.includes(type));
}
