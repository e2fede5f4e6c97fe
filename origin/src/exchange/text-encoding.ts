/** Turns bytes into text by the byte-order mark: UTF-8 unless it says UTF-16, as Excel's exports do. */

/**
 * Decodes a stream of bytes.
 * @throws TypeError when the bytes are not valid in the encoding
 */
export async function* decodeText(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let held = Buffer.alloc(0);
  for await (const chunk of source) {
    if (!decoder) {
      held = Buffer.concat([held, chunk]);
      if (held.length < 3) continue;
    }
    const bytes = decoder ? chunk : held;
    decoder ??= decoderFor(bytes);
    yield decoder.decode(bytes, { stream: true });
  }
  decoder ??= decoderFor(held);
  yield held.length < 3 ? decoder.decode(held) : decoder.decode();
}

function decoderFor(start: Buffer): TextDecoder {
  const isLittle = start[0] === 0xff && start[1] === 0xfe;
  const isBig = start[0] === 0xfe && start[1] === 0xff;
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}
