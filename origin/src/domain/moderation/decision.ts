/** What is written down of a decision on what somebody wrote, beside who decided and when. */
import type { Database } from '../../db/database.ts';
import type { Hold } from '../../db/hold.ts';
import { recordAct } from '../audit/record.ts';
import type { Act } from '../audit/act.ts';
import type { Context } from '../context.ts';
import { readModerationRules } from './read.ts';

/** Why something is decided on; fixed words, as the log is never erased and must name nobody. */
export const DECISION_REASONS = [
  'meets-rules',
  'spam',
  'fake',
  'conflict-of-interest',
  'off-topic',
  'offensive',
  'personal-data',
  'illegal',
  'legal-request',
  'writers-wish',
  'other',
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** What is written down where whoever decided gave none. */
const NOT_GIVEN = 'not-given';

/** A decision of the shop. */
export interface ShopDecision extends Pick<Act, 'shopId'> {
  verb: 'review.moderate' | 'question.moderate' | 'answer.moderate';
  subject: string;
  from: string;
  to: string;
  reason?: DecisionReason | undefined;
}

/** Writes a decision of the shop down, with the version of its rules that was in force. Comes last. */
export async function recordDecision(
  tx: Database,
  { shopId, verb, subject, from, to, reason }: ShopDecision,
  context: Context,
): Promise<void> {
  const { version } = await readModerationRules(tx, shopId);
  const details = { from, to, reason: reason ?? NOT_GIVEN, rules: version };
  await recordAct(tx, { shopId, verb, subject, details }, context);
}

/** What the rules have decided. */
export interface RuleDecision extends Pick<Act, 'shopId'> {
  verb: 'review.hold' | 'question.hold';
  subject: string;
  heldBy: readonly Hold[] | null;
  /** Of the rules. */
  version: number;
}

/**
 * Writes down that rules have held something. What they let pass was decided on by nobody, and their
 * versions tell what they were. Comes last.
 */
export async function recordHold(
  tx: Database,
  { shopId, verb, subject, heldBy, version }: RuleDecision,
  { now }: Pick<Context, 'now'>,
): Promise<void> {
  if (!heldBy) return;
  const reason = [...new Set(heldBy.map(({ rule }) => rule))].join(' ');
  const details = { to: 'pending', reason, rules: version };
  await recordAct(tx, { shopId, verb, subject, details }, { actor: 'system', now });
}
