/**
 * One key for each text: sending the same text again never makes a second one, while a text that was
 * changed after a failure is another request. Works on plain http pages, where `randomUUID` is
 * missing.
 */
export function createIdempotencyKeys(): (submission: object) => string {
  let lastText = '';
  let key = '';
  return (submission) => {
    const text = JSON.stringify(submission);
    if (text !== lastText) key = crypto.getRandomValues(new Uint32Array(4)).join('-');
    lastText = text;
    return key;
  };
}
