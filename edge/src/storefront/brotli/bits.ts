/** Writes numbers bit by bit, the lowest first, as brotli's streams have them. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #held = 0;
  #heldBits = 0;

  /** @param count At most 24. */
  write(value: number, count: number): void {
    this.#held |= value << this.#heldBits;
    this.#heldBits += count;
    while (this.#heldBits >= 8) {
      this.#bytes.push(this.#held & 255);
      this.#held >>>= 8;
      this.#heldBits -= 8;
    }
  }

  /** All that was written, with zeros up to the end of the last byte. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#heldBits > 0 ? [...this.#bytes, this.#held] : this.#bytes);
  }
}
