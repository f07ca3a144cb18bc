/** The way from a program to the server: straight, or with the delay of a distant one. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { startNginx } from './nginx.ts';
import { isDelayed, isSecure, ROUND_TRIP_MS, type Way } from './scenarios.ts';

export interface Link {
  /** Without a slash at its end. */
  readonly address: string;
  /** What programs have to be started with to use it. */
  readonly inside: readonly string[];
  /** The authority for the server's certificate, as a file; null without TLS. */
  readonly authority: string | null;
  /** How the delay is made, in words; null where there is none. */
  readonly delayedBy: string | null;
  /** Seconds of processor time that making the delay has taken so far. */
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a server for `root`, and what makes the delay, if any. `notes`: a folder for their files. */
export async function openLink(way: Way, root: string, notes: string): Promise<Link> {
  const namespace = isDelayed(way) ? delayedNamespace() : null;
  const inside = namespace?.inside ?? [];
  const nginx = await startNginx(root, join(notes, `nginx-${way}`), inside);
  const port = isSecure(way) ? nginx.tlsPort : nginx.port;
  const proxy = isDelayed(way) && namespace === null ? await startProxy(port) : null;
  return {
    address: `${isSecure(way) ? 'https' : 'http'}://127.0.0.1:${proxy?.port ?? port}`,
    inside,
    authority: isSecure(way) ? nginx.certificateFile : null,
    delayedBy: namespace?.name ?? proxy?.name ?? null,
    cpuSeconds: proxy?.cpuSeconds ?? (async () => 0),
    async close() {
      proxy?.close();
      await nginx.stop();
      namespace?.close();
    },
  };
}

/** A network namespace of its own whose loopback delays every packet; null where the system can't or may not. */
function delayedNamespace() {
  const name = `cdr-desk-bench-${process.pid}`;
  const inside = ['ip', 'netns', 'exec', name];
  const succeeds = (command: readonly string[]) =>
    spawnSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' }).status === 0;
  const remove = () => succeeds(['ip', 'netns', 'delete', name]);
  if (!succeeds(['ip', 'netns', 'add', name])) return null;
  const delay = ['netem', 'delay', `${ROUND_TRIP_MS / 2}ms`, 'limit', '1000000'];
  const ready =
    succeeds([...inside, 'ip', 'link', 'set', 'lo', 'up']) &&
    succeeds([...inside, 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', ...delay]);
  if (ready) return { name: 'tc netem in a network namespace', inside, close: remove };
  remove();
  return null;
}

const messageSchema = z.object({ port: z.number().optional(), cpuSeconds: z.number().optional() });

async function startProxy(upstreamPort: number) {
  const proxy = fork(
    join(import.meta.dirname, 'delay-proxy.ts'),
    [String(upstreamPort), String(ROUND_TRIP_MS)],
    { detached: true },
  );
  const nextMessage = async () => messageSchema.parse((await once(proxy, 'message'))[0]);
  const { port } = await nextMessage();
  return {
    name: 'a proxy in its own process (no tc netem here)',
    port,
    async cpuSeconds() {
      proxy.send('how much?');
      return (await nextMessage()).cpuSeconds ?? 0;
    },
    close: () => proxy.disconnect(),
  };
}
