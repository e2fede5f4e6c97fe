/** Writes one backup on a thread of its own: reading and digesting a million rows holds up no request. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../db/database.ts';
import type { BackupOrder } from './write-apart.ts';
import { writeBackup } from './write-backup.ts';

const { source, key, ...plan } = workerData as BackupOrder;
const { db, close } = await openDatabase(source);
try {
  // The key arrives as plain bytes.
  const written = await writeBackup({ ...plan, db, key: Buffer.from(key) });
  parentPort?.postMessage(written, []);
} finally {
  await close();
}
