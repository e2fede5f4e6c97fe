/** Why something waits for the shop; kept beside it, also once the shop has decided. */
export interface Hold {
  /**
   * `all`: the shop looks at everything. `repeated-person`: of the same product before;
   * `repeated-text`: the same words, in the same shop.
   */
  rule: 'all' | 'blocklist' | 'links' | 'contacts' | 'repeated-person' | 'repeated-text';
  /** The shop's own word that was found. */
  word?: string;
}
