// A real Backstage, started from the sources beside this folder, and what its catalog shows.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, startProgram } from './processes.mjs';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const WATCH = fileURLToPath(new URL('outgoing-requests.cjs', import.meta.url));

/** What a Backstage as small as this one always warns of. */
const USUAL_WARNINGS = [/backend\.baseUrl is set to a localhost URL/, /Event subscribe request failed with status 404/];

/** How a person would write the reference of an entity, and as the catalog compares it. */
export const refOf = (entity) =>
  `${entity.kind}:${entity.metadata.namespace ?? 'default'}/${entity.metadata.name}`.toLowerCase();

/** What the catalog has against entities that it shows. */
export const errorsOf = (entities) =>
  [...entities].flatMap(([ref, { status }]) =>
    (status?.items ?? []).filter((item) => item.level === 'error').map((item) => `${ref}: ${item.message}`));

/** An entity keeps its uid as long as it is not deleted. */
export const uidsOf = (entities) => new Map([...entities].map(([ref, entity]) => [ref, entity.metadata.uid]));

/**
 * Starts Backstage and waits until it answers.
 *
 * `entry` is the program, `configs` are configuration files besides app-config.yaml, `overrides` is configuration that this
 * test alone needs, `env` what the files leave open.
 */
export async function startBackstage({ entry, configs, overrides, env = {}, port }) {
  port ??= await freePort();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'backstage-'));
  const files = ['app-config.yaml', ...configs];
  if (overrides) {
    files.push(path.join(folder, 'overrides.json'));
    fs.writeFileSync(files.at(-1), JSON.stringify(overrides));
  }
  const log = [];
  const requests = [];
  const program = startProgram(
    process.execPath,
    ['--require', WATCH, entry, ...files.flatMap((file) => ['--config', file])],
    {
      cwd: HOME,
      // In production Backstage logs JSON.
      env: { NODE_ENV: 'production', BACKSTAGE_PORT: String(port), TMPDIR: folder, ...env },
      onLine: (line) => log.push(read(line)),
      onMessage: (request) => requests.push(request),
    },
  );
  const base = `http://127.0.0.1:${port}`;
  const backstage = {
    base,
    log,
    requests,
    /** The errors and warnings that Backstage logged; entities that it refuses are among them. */
    complaints: () => log.filter(({ level, text }) =>
      level === 'error' || (level === 'warn' && !USUAL_WARNINGS.some((usual) => usual.test(text)))).map((line) => line.text),
    /** All entities of some kinds, or of every kind, by reference. */
    async entities(...kinds) {
      const query = kinds.map((kind) => `filter=kind=${kind}`).join('&');
      const response = await fetch(`${base}/api/catalog/entities?${query}`);
      if (!response.ok) throw new Error(`the catalog answers ${response.status}: ${await response.text()}`);
      const all = (await response.json()).filter((entity) => kinds.length > 0 || entity.kind !== 'Location');
      return new Map(all.map((entity) => [refOf(entity), entity]));
    },
    /** How many entities of each kind there are: cheap, however many. */
    async counts() {
      const response = await fetch(`${base}/api/catalog/entity-facets?facet=kind`);
      const { facets } = await response.json();
      return Object.fromEntries(facets.kind.map(({ value, count }) => [value, count]));
    },
    async stop() {
      const milliseconds = await program.stop();
      fs.rmSync(folder, { recursive: true, force: true });
      return milliseconds;
    },
  };
  try {
    await eventually('Backstage answers', async () => {
      if (program.hasEnded()) throw new Error('it has ended');
      return (await fetch(`${base}/.backstage/health/v1/readiness`)).ok;
    }, { seconds: 90 });
  } catch (error) {
    await backstage.stop();
    throw new Error(`${error.message}\n${log.slice(-20).map((line) => line.text).join('\n')}`);
  }
  return backstage;
}

function read(line) {
  try {
    const { level, plugin, message, stack } = JSON.parse(line);
    return { level, text: `${plugin ?? ''}: ${message}${stack ? `\n${stack}` : ''}` };
  } catch {
    return { level: 'none', text: line };
  }
}
