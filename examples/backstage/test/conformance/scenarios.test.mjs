// Every scenario of the conformance kit through Red Hat's newest client. CONFORMANCE_KIT names the folder of the kit: it has a
// simulated cluster, and for each scenario what is to be served.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { errorsOf, startBackstage } from '../stage/backstage.mjs';
import { startRole } from '../stage/connector.mjs';
import { eventually, freePort } from '../stage/processes.mjs';

const KIT = process.env.CONFORMANCE_KIT && path.resolve(process.env.CONFORMANCE_KIT);
const EXPECTED = KIT && path.join(KIT, 'expected');
const SCENARIOS = KIT ? fs.readdirSync(EXPECTED).map((file) => path.basename(file, '.json')) : [];
const { startCluster, environment } = KIT ? await import(pathToFileURL(path.join(KIT, 'lib.mjs'))) : {};

describe('a scenario', { skip: !KIT && 'CONFORMANCE_KIT does not name the conformance kit' }, () => {
  let connectorPort;
  let backstage;

  before(async () => {
    const backstagePort = await freePort();
    connectorPort = await freePort();
    backstage = await startBackstage({
      entry: 'src/red-hat.js',
      configs: ['app-config.red-hat.yaml'],
      port: backstagePort,
      env: { CONNECTOR_URL: `http://127.0.0.1:${connectorPort}`, REFRESH_SECONDS: '1' },
    });
  });

  after(() => backstage?.stop());

  async function withConnector(scenario, look) {
    const cluster = await startCluster({ scenario: path.join(KIT, 'scenarios', `${scenario}.json`) });
    const base = `http://127.0.0.1:${connectorPort}`;
    const log = [];
    const connector = startRole('all', [`--address=127.0.0.1:${connectorPort}`, '--metrics-address=0'], {
      env: environment(cluster, { BRIDGE_URL: base, BKSTG_URL: backstage.base }),
      onLine: (line) => log.push(line),
    });
    try {
      await look(base);
    } catch (error) {
      throw new Error(`${error.message}\n${log.slice(-20).join('\n')}`);
    } finally {
      await connector.stop();
      await cluster.stop();
      fs.rmSync(cluster.dir, { recursive: true, force: true });
    }
  }

  for (const scenario of SCENARIOS) {
    it(`has an entity for each server: ${scenario}`, async () => {
      const { uris, payloads } = JSON.parse(fs.readFileSync(path.join(EXPECTED, `${scenario}.json`)));
      const servers = Object.values(payloads).flatMap((payload) => payload.modelServer ?? []);
      await withConnector(scenario, async (base) => {
        await eventually('everything is served', async () => {
          const listed = await (await fetch(`${base}/list`)).json();
          assert.deepEqual(listed.uris, uris);
          return true;
        });
        await eventually('the catalog has an entity for each server, and no other', async () => {
          const entities = await backstage.entities('AiModelServerAPI');
          assert.deepEqual([...entities.values()].map((entity) => entity.metadata.name).sort(), servers.map((s) => s.name).sort());
          for (const server of servers) {
            const entity = entities.get(`aimodelserverapi:default/${server.name.toLowerCase()}`);
            assert.equal(entity.spec.serverUrl, server.API.url);
          }
          assert.deepEqual(errorsOf(entities), []);
          return true;
        });
      });
    });
  }
});
