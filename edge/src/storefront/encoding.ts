/** Content codings, reduced to the three that are worth an entry each. */

import { Memo } from './memo.ts';

export type Coding = 'br' | 'gzip' | 'identity';

/** There are a few dozen browsers; the rest is noise. */
const chosen = new Memo<Coding>(1_000, 200);

/** The best coding that `Accept-Encoding` allows (RFC 9110 §12.5.3); without one, none. */
export function chooseCoding(acceptEncoding: string | null): Coding {
  if (!acceptEncoding) return 'identity';
  const before = chosen.get(acceptEncoding);
  if (before) return before;
  const coding = choose(acceptEncoding);
  chosen.set(acceptEncoding, coding);
  return coding;
}

function choose(acceptEncoding: string): Coding {
  const weights = readWeights(acceptEncoding);
  const accepts = (coding: string) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
  if (accepts('br')) return 'br';
  return accepts('gzip') ? 'gzip' : 'identity';
}

function readWeights(acceptEncoding: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(coding, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  return weights;
}
