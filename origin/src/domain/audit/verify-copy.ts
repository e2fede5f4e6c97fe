/** Verifies a copy of audit logs by itself, without the database that it is of. Pure. */
import { FIRST_HASH, hashAct } from './act.ts';
import { parseCopyLine } from './copy-line.ts';
import type { AuditMark } from './verify.ts';

/** What was found. */
export interface CopyReport {
  /** The last act of each shop, by the shop's number. */
  heads: Map<number, AuditMark>;
  /**
   * Where a log went back to an earlier act and on from there, which a restored backup does, as may
   * whoever wrote it anew: `after` is the act it went back to.
   */
  rewinds: { line: number; shopId: number; after: number }[];
  fault?: CopyFault;
}

/**
 * A line that does not fit. `unreadable`: it is no act, and not the beginning of one that was written again.
 * `changed`: its hash is not of it and the act before. `missing`: the act before it is not there.
 */
export interface CopyFault {
  line: number;
  kind: 'unreadable' | 'changed' | 'missing';
}

/**
 * Follows each shop's acts from the first on. A line that came twice, as one does when copying broke off,
 * is no fault.
 */
export async function verifyCopy(
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<CopyReport> {
  /** The hash of each act that holds, by shop, from the first on. */
  const logs = new Map<number, string[]>();
  const rewinds: CopyReport['rewinds'] = [];
  /** Lines that broke off and were not written again yet. */
  let broken: { line: number; text: string }[] = [];
  let line = 0;
  const end = (fault?: CopyFault): CopyReport => ({
    heads: new Map(
      [...logs].map(([shopId, hashes]) => [
        shopId,
        { sequence: hashes.length, hash: hashes.at(-1) ?? FIRST_HASH },
      ]),
    ),
    rewinds,
    ...(fault && { fault }),
  });
  for await (const text of lines) {
    line += 1;
    const act = parseCopyLine(text);
    if (!act) {
      broken.push({ line, text });
      continue;
    }
    broken = broken.filter((piece) => !text.startsWith(piece.text));
    const { shopId, sequence, hash } = act;
    const hashes = logs.get(shopId) ?? [];
    const previous = sequence === 1 ? FIRST_HASH : hashes[sequence - 2];
    if (previous === undefined) return end({ line, kind: 'missing' });
    if (hashAct(previous, act) !== hash) return end({ line, kind: 'changed' });
    if (hashes[sequence - 1] === hash) continue;
    if (sequence <= hashes.length) rewinds.push({ line, shopId, after: sequence - 1 });
    hashes.length = sequence - 1;
    hashes.push(hash);
    logs.set(shopId, hashes);
  }
  const [first] = broken;
  return end(first && { line: first.line, kind: 'unreadable' });
}
