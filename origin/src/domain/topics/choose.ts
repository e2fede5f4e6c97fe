/** Which of the phrases that many reviews have are worth to be shown. Pure. */

/** How many texts have each phrase, of how many. */
export interface Counts {
  counts: ReadonlyMap<string, number>;
  of: number;
}

/** A phrase, and how many reviews of the product have it. */
export interface Topic {
  topic: string;
  count: number;
}

/** More do not fit beside a list, and cost each first view its bytes. */
const TOPICS_MAX = 8;
/** What more of a product's reviews say than this tells none from another. */
const SHARE_MAX = 0.6;
/** A phrase goes before a word of it that is hardly met without it. */
const SHARE_OF_WORD = 0.5;

/**
 * Chooses phrases that are frequent here and rare in the whole shop, none of which holds another.
 * @param own of the product's reviews
 * @param shop of the shop's, at least for the phrases of `own`
 */
export function chooseTopics(own: Counts, shop: Counts): Topic[] {
  const weightOf = ({ topic, count }: Topic): number =>
    count *
    Math.log((shop.of + 1) / ((shop.counts.get(topic) ?? 0) + 0.5)) *
    (1 + 0.3 * (topic.split(' ').length - 1));
  const candidates = [...own.counts]
    .map(([topic, count]) => ({ topic, count }))
    .filter(({ count }) => count <= own.of * SHARE_MAX)
    .filter((one, _, all) => !all.some((other) => isPartOf(one, other)))
    .map((topic) => ({ ...topic, weight: weightOf(topic) }))
    // In one order, also where two weigh the same.
    .toSorted((a, b) => b.weight - a.weight || (a.topic < b.topic ? -1 : 1));
  const chosen: Topic[] = [];
  for (const { topic, count } of candidates) {
    if (chosen.length === TOPICS_MAX) break;
    const overlaps = chosen.some((other) => holds(other.topic, topic) || holds(topic, other.topic));
    if (!overlaps) chosen.push({ topic, count });
  }
  return chosen;
}

const isPartOf = (one: Topic, other: Topic): boolean =>
  other.topic.length > one.topic.length &&
  holds(other.topic, one.topic) &&
  other.count >= one.count * SHARE_OF_WORD;

const holds = (phrase: string, part: string): boolean => ` ${phrase} `.includes(` ${part} `);
