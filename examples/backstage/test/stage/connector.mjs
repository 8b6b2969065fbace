// The connector's program, serving a file of models that a test may edit.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { eventually, freePort, startProgram } from './processes.mjs';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const SAMPLE = path.join(REPOSITORY, 'examples/sidecars/src/main/resources/io/modelconnector/examples/sidecars/demo-models.yaml');
const JAR = path.join(REPOSITORY, 'examples/sidecars/target/model-connector.jar');

/** The program's command line; MODEL_CONNECTOR names another one. */
const [COMMAND, ...ARGUMENTS] = (process.env.MODEL_CONNECTOR || undefined)?.split(/\s+/) ?? ['java', '-jar', JAR];

/** The sample that comes with the program, as an object to change. */
export const sampleModels = () => parse(fs.readFileSync(SAMPLE, 'utf8'));

/** Many models, each of them served. */
export const manyModels = (count) => ({
  registry: 'many',
  models: Array.from({ length: count }, (_, i) => ({
    name: `forecast-${String(i).padStart(4, '0')}`,
    description: `Forecast of the demand in sales region ${i}, retrained every week.`,
    owner: 'user:default/priya.raman',
    lifecycle: 'production',
    license: 'Proprietary',
    tags: ['tabular', 'demand', `group-${i % 20}`],
    versions: [{
      name: '1',
      uri: `s3://models/forecast/${i}`,
      served: { name: `forecast-${String(i).padStart(4, '0')}`, namespace: 'demand', url: `https://forecast-${i}.models.example.com` },
    }],
  })),
});

/** Starts a role of the program; what it prints is passed on by line. */
export const startRole = (role, args, { env, onLine }) => startProgram(COMMAND, [...ARGUMENTS, role, ...args], { env, onLine });

/** Starts role `demo` on a file with these models and waits until it serves them. */
export async function startDemo(models, { port, env = {} } = {}) {
  port ??= await freePort();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'connector-'));
  const file = path.join(folder, 'models.yaml');
  const log = [];
  const base = `http://127.0.0.1:${port}`;
  let program;

  async function get(address) {
    const response = await fetch(base + address);
    if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async function documents(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    return parseAllDocuments(await response.text()).map((document) => document.toJS());
  }

  const demo = {
    base,
    port,
    log,
    /** Puts other models into the file. */
    write(changed) {
      // At once, so that no half of a file is read.
      fs.writeFileSync(`${file}.new`, stringify(changed));
      fs.renameSync(`${file}.new`, file);
    },
    /** Every entry that is served, by its path, from the contract that needs no token. */
    async entries() {
      const { uris } = await get('/list');
      const entries = new Map();
      for (const uri of uris) entries.set(uri, await get(uri));
      return entries;
    },
    /** Every entity that a Backstage without a plugin is offered, as it is written in the documents. */
    async entities() {
      const address = `${base}/backstage/catalog-info.yaml`;
      const [location] = await documents(address);
      const entities = [];
      for (const target of location.spec.targets) entities.push(...await documents(new URL(target, address)));
      return entities;
    },
    async start() {
      program = startRole('demo', [`--address=127.0.0.1:${port}`, '--metrics-address=0', `--file=${file}`], {
        env, onLine: (line) => log.push(line),
      });
      try {
        await eventually('the connector serves its models', async () => {
          if (program.hasEnded()) throw new Error('it has ended');
          return (await get('/list')).uris.length > 0;
        });
      } catch (error) {
        await demo.stop();
        throw new Error(`${error.message}\n${log.join('\n')}`);
      }
    },
    stop: () => program.stop(),
    async end() {
      await program.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
  demo.write(models);
  await demo.start();
  return demo;
}
