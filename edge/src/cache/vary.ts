/** Chooses among the answers to one question by the request fields they vary on (RFC 9111 §4.1). */
import type { Entry } from '../store/store.ts';
import { listMembers } from './fields.ts';

/** The selecting fields of an answer, with the values that the request had. */
export function varyOf(
  vary: string | undefined,
  request: Headers,
  keyedFields: readonly string[],
): Record<string, string> {
  const selecting: Record<string, string> = {};
  for (const name of listMembers(vary).toSorted()) {
    if (!keyedFields.includes(name)) selecting[name] = normalised(name, request);
  }
  return selecting;
}

/** The newest variant that this request selects. */
export function selectVariant(variants: readonly Entry[], request: Headers): Entry | undefined {
  return variants.find((entry) => isSelectedBy(entry.vary, request));
}

/** Whether an answer that varies so is an answer to this request. */
export function isSelectedBy(vary: Readonly<Record<string, string>>, request: Headers): boolean {
  for (const name in vary) {
    if (normalised(name, request) !== vary[name]) return false;
  }
  return true;
}

/** Fields whose members are weighed by `q`, so that their order and case say nothing. */
const UNORDERED = new Set(['accept', 'accept-encoding', 'accept-language', 'accept-charset']);

/** One spelling for every way to say the same; a field that is absent differs from an empty one. */
function normalised(name: string, request: Headers): string {
  const value = request.get(name);
  if (value === null) return '';
  const trimmed = (text: string) => text.trim();
  const members = value.split(',').map((member) => member.split(';').map(trimmed).join(';'));
  const text = UNORDERED.has(name)
    ? members
        .map((member) => member.toLowerCase())
        .toSorted()
        .join(',')
    : members.join(',');
  return `=${text}`;
}
