/**
 * Where answers are kept, and the mark that every tag carries. An answer is good while the marks of
 * all its tags are those that were read before it was made; a purge sets new ones. So what was begun
 * before a purge never passes for new, whichever process made it.
 */
export interface CacheStore {
  /**
   * The answer kept under a key, and the marks that the tags carry now.
   * @throws when the store cannot be asked in time
   */
  read(key: string, tags: readonly string[]): Promise<Kept>;
  /** Keeps an answer for a while; what cannot be kept is not. Never rejects. */
  write(key: string, answer: Marked): Promise<void>;
  /**
   * Sets new marks.
   * @throws when the store cannot be told in time
   */
  remark(tags: readonly string[]): Promise<void>;
}

/** An answer and the marks that its tags carried before it was made. */
export interface Marked {
  readonly marks: string;
  readonly text: string;
}

export interface Kept {
  readonly answer: Marked | undefined;
  /** All marks in the order of the tags. */
  readonly marks: string;
}
