// Programs that a test starts: each one ends with the test, whatever becomes of it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** A port of the loopback interface that is free now. */
export async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program and passes on each line that it prints; LOG_FOLDER names a folder to keep the lines in as well. */
export function startProgram(command, args, { cwd, env, onLine, onMessage }) {
  const stdio = ['ignore', 'pipe', 'pipe', ...(onMessage ? ['ipc'] : [])];
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
  running.add(child);
  const ended = new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
    child.on('error', (error) => {
      running.delete(child);
      reject(new Error(`${command} cannot be started: ${error.message}`));
    });
  });
  ended.catch(() => {});
  const kept = process.env.LOG_FOLDER && path.join(process.env.LOG_FOLDER, `${path.basename(command)}-${child.pid}.log`);
  for (const stream of [child.stdout, child.stderr]) {
    readline.createInterface({ input: stream }).on('line', (line) => {
      if (kept) fs.appendFileSync(kept, `${line}\n`);
      onLine(line);
    });
  }
  if (onMessage) child.on('message', onMessage);
  return {
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** Asks it to end, and insists after ten seconds. Answers how long that took, in milliseconds. */
    async stop() {
      const asked = performance.now();
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
      child.kill('SIGKILL');
      await ended;
      return performance.now() - asked;
    },
  };
}

/** Looks until there is something to see, and gives it; a look that throws has seen nothing. Fails with the last reason. */
export async function eventually(what, look, { seconds = 60 } = {}) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    let reason;
    try {
      const seen = await look();
      if (seen) return seen;
      reason = `saw ${JSON.stringify(seen)}`;
    } catch (error) {
      reason = error.message;
    }
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} s; ${reason}`);
    await sleep(250);
  }
}
