/** nginx and Varnish from Debian's packages, as caches in front of an origin, where installed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../../scripts/stack.mjs';
import { pinToCore } from '../measure/process-tree.ts';
import { SERVER_CORE, type Server } from './server.ts';

const NGINX = '/usr/sbin/nginx';
const VARNISH = '/usr/sbin/varnishd';
const READY_DEADLINE_MS = 10_000;

/** Starts nginx with one worker; `undefined` where it is not installed. */
export async function startNginx(origin: string): Promise<Server | undefined> {
  if (!existsSync(NGINX)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'plaudit-nginx-'));
  mkdirSync(join(folder, 'cache'));
  const port = await findFreePort();
  const path = join(folder, 'nginx.conf');
  writeFileSync(path, nginxConfig(folder, port, origin));
  return run('nginx', folder, port, spawn(NGINX, ['-p', folder, '-c', path, '-e', 'stderr']));
}

/** Starts Varnish with its defaults and enough memory; `undefined` where it is not installed. */
export async function startVarnish(origin: string): Promise<Server | undefined> {
  if (!existsSync(VARNISH)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'plaudit-varnish-'));
  const port = await findFreePort();
  const { host } = new URL(origin);
  const args = ['-F', '-n', folder, '-j', 'none', '-a', `127.0.0.1:${port}`, '-b', host];
  return run('Varnish', folder, port, spawn(VARNISH, [...args, '-s', 'malloc,256m']));
}

async function run(
  name: string,
  folder: string,
  port: number,
  child: ChildProcess,
): Promise<Server> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exited = new Promise<void>((done) => {
    child.once('exit', () => done());
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await answers(url))) {
    await stop();
    throw new Error(`${name} did not start:\n${said}`);
  }
  const { pid = 0 } = child;
  pinToCore(pid, SERVER_CORE);
  return { name, url, pid, stop };
}

async function answers(url: string): Promise<boolean> {
  const end = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < end) {
    try {
      await fetch(url);
      return true;
    } catch {
      await wait(50);
    }
  }
  return false;
}

/** As root, nginx would give its worker to a user who may not enter the folder. */
const nginxUser = (): string => (process.getuid?.() === 0 ? 'user root;' : '');

const nginxConfig = (folder: string, port: number, origin: string): string => `
${nginxUser()}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  proxy_cache_path ${folder}/cache keys_zone=answers:64m max_size=1g;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream origin { server ${new URL(origin).host}; keepalive 64; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://origin;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache answers;
      proxy_cache_lock on;
      proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
      proxy_cache_background_update on;
    }
  }
}
`;
