/** The frame around Yotpo's v1 answers, and its numbers. */
declare global {
  interface JSON {
    /** A number as it is to stand in the text (ECMAScript proposal "JSON.parse source text access"). */
    rawJSON(text: string): RawNumber;
  }
}

/** A number that is written in a way of its own. */
export type RawNumber = Readonly<{ rawJSON: string }>;

/** A good v1 answer. */
export const envelope = (response: unknown, message: 'OK' | 'ok' = 'OK') => ({
  status: { code: 200, message },
  response,
});

/** A mean as Ruby writes it: `5.0`, `4.55769`. Clients with strict types read no float from `5`. */
export const toFloat = (value: number): RawNumber =>
  JSON.rawJSON(Number.isInteger(value) ? value.toFixed(1) : String(value));
