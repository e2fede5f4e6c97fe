/** Why something waits for the shop; kept beside it, also once the shop has decided. */
export interface Hold {
  /**
   * `all`: the shop looks at everything. `archived-product`: of one that the shop has taken away. `repeated-person`: of the same product before;
   * `repeated-text`: the same words, in the same shop. `imitation`: a name that passes for the shop's, or of two alphabets.
   */
  rule:
    | 'all'
    | 'blocklist'
    | 'links'
    | 'contacts'
    | 'repeated-person'
    | 'repeated-text'
    | 'imitation'
    | 'archived-product';
  /** The shop's own word that was found. */
  word?: string;
}
