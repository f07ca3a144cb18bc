import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { certificate, key } from '../../test/fakes/loopback-certificates.ts';
import { Problem } from '../command.ts';

export interface NginxSettings {
  /** Absolute; everything that nginx writes stays in here. */
  readonly prefix: string;
  /** Absolute; what is served. */
  readonly root: string;
  readonly port: number;
  readonly tlsPort: number;
  /** Root's workers would be somebody else, who may not read the folder. */
  readonly asRoot: boolean;
  readonly workers: number;
}

/** A configuration that stands alone: nothing of the system's nginx is read or written. */
export function nginxConfig({ prefix, root, port, tlsPort, asRoot, workers }: NginxSettings): string {
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${prefix}/temp;`,
  );
  return [
    ...(asRoot ? ['user root;'] : []),
    'daemon off;',
    `worker_processes ${workers};`,
    `pid ${prefix}/nginx.pid;`,
    `lock_file ${prefix}/nginx.lock;`,
    `error_log ${prefix}/error.log;`,
    'events { worker_connections 1024; }',
    'http {',
    ...scratch,
    '  access_log off;',
    '  default_type application/octet-stream;',
    '  sendfile on;',
    '  tcp_nopush on;',
    '  keepalive_requests 100000;',
    '  keepalive_timeout 75s;',
    '  open_file_cache max=10000 inactive=1h;',
    '  open_file_cache_valid 1h;',
    '  ssl_session_cache shared:bench:1m;',
    '  server {',
    `    listen 127.0.0.1:${port};`,
    `    listen 127.0.0.1:${tlsPort} ssl;`,
    `    ssl_certificate ${prefix}/certificate.pem;`,
    `    ssl_certificate_key ${prefix}/key.pem;`,
    `    root ${root};`,
    '  }',
    '}',
    '',
  ].join('\n');
}

export interface Nginx {
  readonly port: number;
  readonly tlsPort: number;
  /** The authority for its certificate, as a file. */
  readonly certificateFile: string;
  stop(): Promise<void>;
}

/**
 * Serves `root` on loopback. `inside`: what the program is started with, such as `ip netns exec NAME`.
 * Half of the processors at most are the server's, so that it leaves the programs room.
 */
export async function startNginx(root: string, prefix: string, inside: readonly string[]): Promise<Nginx> {
  await mkdir(prefix, { recursive: true });
  const [port = 0, tlsPort = 0] = await freePorts(2);
  const workers = Math.max(1, Math.floor(availableParallelism() / 2));
  const asRoot = process.getuid?.() === 0;
  const certificateFile = join(prefix, 'certificate.pem');
  const config = join(prefix, 'nginx.conf');
  await writeFile(certificateFile, certificate);
  await writeFile(join(prefix, 'key.pem'), key, { mode: 0o600 });
  await writeFile(config, nginxConfig({ prefix, root, port, tlsPort, asRoot, workers }));
  const errorLog = join(prefix, 'error.log');
  const [program = '', ...args] = [...inside, 'nginx', '-p', prefix, '-e', errorLog, '-c', config];
  const server = spawn(program, args, { stdio: 'ignore', detached: true });
  await untilListening(server, prefix, errorLog);
  return {
    port,
    tlsPort,
    certificateFile,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}

/** nginx writes its process id once it has bound its ports. */
async function untilListening(server: ChildProcess, prefix: string, errorLog: string): Promise<void> {
  let failure: unknown;
  server.once('error', (error) => {
    failure = error;
  });
  while (!existsSync(join(prefix, 'nginx.pid'))) {
    if (failure !== undefined || server.exitCode !== null) {
      const said = await readFile(errorLog, 'utf8').catch(() => String(failure));
      throw new Problem(`nginx does not start: ${said.trim()}`);
    }
    await sleep(10);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
