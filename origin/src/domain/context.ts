/** What every verb needs from outside; passed in, so that tests bring their own. */
import type { Database } from '../db/database.ts';
import type { Actor } from './audit/act.ts';
import type { Vault } from './keys/vault.ts';

export interface Context {
  db: Database;
  now: () => Date;
  /** Who the audit log says has acted; set where a program begins, never by what a visitor sends. */
  actor: Actor;
  /** Seals addresses and secrets. Asked before a transaction, never in one. */
  vault: Vault;
  /** Called after a commit that left something in the outbox. */
  onOutbox: () => void;
  /** Called after a commit that erased somebody, and waited for: keeps a note of it beside the backups. */
  onErasure?: () => Promise<void>;
  /** Where visitors reach the edge, without a slash at the end; the addresses of photos begin with it. */
  edgeUrl?: string;
}
