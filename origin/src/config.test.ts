import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('needs nothing', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8788,
    dataDir: '.data',
    edgeUrls: [],
    purgeSecret: '',
    publicEdgeUrl: '',
    publicUrl: '',
    appSecrets: [],
    logLevel: 'info',
    backup: { folder: '.data/backups', keyFile: '.data/backup.key' },
    imports: { folder: '.data/imports', maxBytes: 2_147_483_648 },
    keys: { keyFile: '.data/data.key' },
  });
});

test('takes a variable that is empty for one that is not set', () => {
  expect(readConfig({ ORIGIN_PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}));
});

test('reads a list of edges', () => {
  const env = { EDGE_PURGE_URLS: 'http://a:1, https://b ,', PURGE_SECRET: 'sixteen-letters!' };
  expect(readConfig(env).edgeUrls).toEqual(['http://a:1', 'https://b']);
});

test('backs up daily where there is a folder for it', () => {
  const { backup } = readConfig({ BACKUP_DIR: '/backups', BACKUP_TIME: '23:05' });
  expect(backup).toMatchObject({ folder: '/backups', minute: 23 * 60 + 5 });
  expect(readConfig({ BACKUP_DIR: '/backups' }).backup.minute).toBe(180);
});

test('reads the address that apps know it by, and its secrets', () => {
  const secrets = ['a'.repeat(32), 'b'.repeat(32)];
  const env = { PUBLIC_URL: 'https://reviews.example/', APP_SECRET: secrets.join(',') };
  expect(readConfig(env)).toMatchObject({
    publicUrl: 'https://reviews.example',
    appSecrets: secrets,
  });
});

test('sends traces where a collector is named, of every request unless told otherwise', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
  expect(readConfig(env).tracing).toEqual({ endpoint: 'http://collector:4318', ratio: 1 });
  expect(readConfig({ ...env, OTEL_TRACES_SAMPLER_ARG: '0.05' }).tracing?.ratio).toBe(0.05);
});

test('serves figures where a port is named for them, to this machine alone unless told otherwise', () => {
  const { metrics } = readConfig({ METRICS_PORT: '9464' });
  expect(metrics).toEqual({ host: '127.0.0.1', port: 9464 });
});

test.each([
  [{ OTEL_TRACES_SAMPLER_ARG: '2' }, /OTEL_TRACES_SAMPLER_ARG/],
  [{ BACKUP_TIME: '24:00' }, /BACKUP_TIME: a time of day/],
  [{ ORIGIN_PORT: '65536' }, /ORIGIN_PORT/],
  [{ DATABASE_URL: 'mysql://a' }, /DATABASE_URL/],
  [{ PURGE_SECRET: 'short' }, /PURGE_SECRET/],
  [{ PUBLIC_URL: 'https://reviews.example/path' }, /PUBLIC_URL/],
  [{ PUBLIC_URL: 'https://user@reviews.example' }, /PUBLIC_URL/],
  [{ APP_SECRET: 'short' }, /APP_SECRET/],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
  [{ KMS_KEY_ID: 'alias/plaudit' }, /needs AWS_REGION/],
  [{ KMS_ENDPOINT: 'kms' }, /KMS_ENDPOINT/],
  [{ AWS_REGION: 'a/b' }, /AWS_REGION: a region/],
  [{ BACKUP_KEY: 'secret' }, /BACKUP_KEY: 32 bytes/],
  [{ EDGE_PURGE_URLS: 'edge' }, /EDGE_PURGE_URLS/],
  [{ EDGE_PURGE_URLS: 'http://edge' }, /needs PURGE_SECRET/],
])('refuses %j, naming the variable', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});

test('takes a key of KMS in place of the file', () => {
  const env = { KMS_KEY_ID: 'alias/plaudit', AWS_REGION: 'eu-central-1' };
  expect(readConfig(env).keys).toEqual({
    keyFile: '.data/data.key',
    kms: { keyId: 'alias/plaudit', region: 'eu-central-1' },
  });
  const { keys } = readConfig({ ...env, KMS_ENDPOINT: 'http://127.0.0.1:9' });
  expect(keys.kms?.endpoint).toBe('http://127.0.0.1:9');
});

test('LG03: the copy of the audit log has one place, and what is sent is signed and sealed on its way', () => {
  const secret = `whsec_${'a'.repeat(40)}`;
  const url = 'https://logs.example/audit';
  expect(readConfig({}).auditCopy).toBeUndefined();
  expect(readConfig({ AUDIT_COPY_FILE: '/mnt/audit' }).auditCopy).toEqual({ file: '/mnt/audit' });
  const sent = { AUDIT_COPY_URL: url, AUDIT_COPY_SECRET: secret };
  expect(readConfig(sent).auditCopy).toEqual({ url, secret });
  for (const wrong of [
    { AUDIT_COPY_URL: url },
    { ...sent, AUDIT_COPY_FILE: '/mnt/audit' },
    { ...sent, AUDIT_COPY_URL: 'http://logs.example/audit' },
    { ...sent, AUDIT_COPY_SECRET: 'short' },
  ]) {
    expect(() => readConfig(wrong)).toThrow(/AUDIT_COPY/);
  }
});
