/** What the audit log says of an act, and what binds it to the acts before it. */
import { createHash } from 'node:crypto';

/** Who acts: someone at the command line, the system by itself, an application or a person by their id. */
export type Actor = 'cli' | 'system' | `app:${string}` | `person:${string}`;

/** Everything that is written down. */
export type Verb =
  | 'shop.create'
  | 'shop.remove'
  | 'settings.update'
  | 'moderation.update'
  | 'review.hold'
  | 'review.moderate'
  | 'review.reply'
  | 'review.translation'
  | 'review.withdraw'
  | 'question.hold'
  | 'question.moderate'
  | 'answer.moderate'
  | 'answer.add'
  | 'product.change'
  | 'product.archive'
  | 'product.restore'
  | 'variant.change'
  | 'variant.remove'
  | 'collection.change'
  | 'order.change'
  | 'customer.change'
  | 'import.start'
  | 'import.undo'
  | 'app.create'
  | 'app.rotate'
  | 'app.revoke'
  | 'app.guessed'
  | 'person.add'
  | 'person.remove'
  | 'person.sign-in'
  | 'person.sign-in-failed'
  | 'person.consent'
  | 'person.withdraw'
  | 'person.export'
  | 'person.erase'
  | 'keys.rotate'
  | 'keys.rewrap'
  | 'backup.make'
  | 'backup.restore'
  | 'backup.drill'
  | 'webhook.add'
  | 'webhook.rotate'
  | 'webhook.disable'
  | 'webhook.enable'
  | 'webhook.replay'
  | 'webhook.remove';

/** Something that was done. Ids, states and counts only: the log is never erased, so nobody is named in it. */
export interface Act {
  shopId: number;
  verb: Verb;
  /** The id of what it was done to; none where that is the shop. */
  subject?: string | null;
  details?: Readonly<Record<string, string | number | boolean>>;
}

/** The hash before a shop's first act. */
export const FIRST_HASH = '0'.repeat(64);

/** Links an act to the one before it: whoever changes either has to change all that follow. */
export function hashAct(
  previousHash: string,
  act: {
    shopId: number;
    sequence: number;
    at: Date;
    actor: string;
    verb: string;
    subject: string | null;
    details: string;
  },
): string {
  const { shopId, sequence, at, actor, verb, subject, details } = act;
  const content = [previousHash, shopId, sequence, at.toISOString(), actor, verb, subject, details];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
