/** A widget that shows ten reviews or comments on a page. */
export interface Candidate {
  name: string;
  /** What its documentation asks for in the page's head. */
  head: string;
  /** Beside the product's name. */
  above: string;
  /** Where the reviews go. */
  body: string;
}
