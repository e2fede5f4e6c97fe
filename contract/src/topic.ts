/** What many reviewers of a product talk about. */

/** A sentence of a published review, cut where it is long. Untrusted: show it as text. */
export interface TopicQuote {
  /** The review's id. */
  review: string;
  text: string;
}

/** A phrase of one to three words that many reviews have; `ReviewQuery.topic` finds them. */
export interface ProductTopic {
  topic: string;
  count: number;
  /** At most two, the newest first. */
  quotes: TopicQuote[];
}

/** Answer of the topics call: at most eight, those of most reviews first. Kept, so minutes behind. */
export interface ProductTopics {
  topics: ProductTopic[];
}
