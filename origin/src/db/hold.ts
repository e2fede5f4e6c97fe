/** Why something waits for the shop; kept beside it, also once the shop has decided. */
export interface Hold {
  /** `all`: the shop looks at everything. */
  rule: 'all' | 'blocklist' | 'links' | 'contacts';
  /** The shop's own word that was found. */
  word?: string;
}
