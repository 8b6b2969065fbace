// Model cards as TechDocs, built by Backstage's own generator: without and with Red Hat's reader of model cards.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { startBackstage } from './stage/backstage.mjs';
import { sampleModels, startDemo } from './stage/connector.mjs';
import { eventually, freePort } from './stage/processes.mjs';
import { techdocsBuilder } from './stage/techdocs-builder.mjs';

const { programs, reason } = await techdocsBuilder();

/** Starts both, hands them to a test, and ends them. */
async function withBoth({ entry, configs, connectorEnv, env }, test) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'techdocs-'));
  const [connectorPort, backstagePort] = [await freePort(), await freePort()];
  const connector = await startDemo(sampleModels(), { port: connectorPort, env: connectorEnv(connectorPort, backstagePort) });
  let backstage;
  try {
    backstage = await startBackstage({
      entry,
      configs,
      port: backstagePort,
      env: { TECHDOCS_FOLDER: folder, PATH: `${programs}${path.delimiter}${process.env.PATH}`, ...env(connectorPort) },
    });
    await test(backstage, connector);
  } finally {
    await backstage?.stop();
    await connector.end();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Has Backstage build the documentation of an entity, and gives the part of the page that is the card. */
async function documentationOf(backstage, entity) {
  const name = `default/${entity.kind}/${entity.metadata.name}`;
  const built = await fetch(`${backstage.base}/api/techdocs/sync/${name}`);
  // The log of the build, and at its end what became of it.
  const events = await built.text();
  assert.match(events, /event: finish\ndata: {"updated":true}/, `${name} is not built: ${events.slice(-2000)}`);
  const page = await fetch(`${backstage.base}/api/techdocs/static/docs/${name.toLowerCase()}/index.html`);
  assert.equal(page.status, 200, `${name} has no page`);
  return /<article[^]*<\/article>/.exec(await page.text())[0];
}

/** What would run, load or lead somewhere it should not if a browser showed it. */
const HARMFUL = [/<script/i, /<iframe/i, /<form/i, /<object/i, /<meta/i, /<base/i, /<style/i, /<[a-z][^<>]*\son[a-z]+\s*=/i, /href="\s*(javascript|data|file):/i];

function assertHarmless(article) {
  assert.match(article, /Hostile card/);
  for (const pattern of HARMFUL) assert.doesNotMatch(article, pattern);
  assert.doesNotMatch(article, /root:x:0:0/);
}

function assertGraniteCard(article) {
  assert.match(article, /<h1[^>]*>Granite 3\.3 8B Instruct/);
  assert.match(article, /<table>/);
  assert.match(article, /<code>.*client/s);
  assert.doesNotMatch(article, /pipeline_tag/);
}

describe('TechDocs in a stock Backstage', { skip: reason }, () => {
  it('has the cards of models, read as from a Gitea', async () => {
    await withBoth({
      entry: 'src/plain.js',
      configs: ['app-config.plain.yaml', 'app-config.techdocs.yaml'],
      connectorEnv: (port) => ({ GITEA_BASE_URL: `http://localhost:${port}` }),
      env: (port) => ({ CONNECTOR_HOST: `127.0.0.1:${port}`, DOCUMENTATION_HOST: `localhost:${port}`, PROCESSING_SECONDS: '2' }),
    }, async (backstage, connector) => {
      const entities = await eventually('the catalog shows everything', async () => {
        const now = await backstage.entities();
        return now.size >= (await connector.entities()).length && now;
      });
      const documented = [...entities.values()].filter((entity) => entity.metadata.annotations['backstage.io/techdocs-ref']);
      const named = (part) => documented.find((entity) => entity.metadata.name.startsWith(part));
      assert.ok(documented.length > 10, `${documented.length} entities have documentation`);

      assertGraniteCard(await documentationOf(backstage, named('granite-33-8b-instruct-330')));
      assertHarmless(await documentationOf(backstage, named('hostile-card-sample')));
      assert.deepEqual(backstage.complaints(), []);
    });
  });
});

describe('TechDocs with Red Hat\'s reader', { skip: reason }, () => {
  it('has the card of the model that a server offers', async () => {
    await withBoth({
      entry: 'src/red-hat.js',
      configs: ['app-config.red-hat.yaml'],
      connectorEnv: (_, backstagePort) => ({ BKSTG_URL: `http://127.0.0.1:${backstagePort}` }),
      env: (port) => ({ CONNECTOR_URL: `http://127.0.0.1:${port}`, REFRESH_SECONDS: '1' }),
    }, async (backstage) => {
      const granite = await eventually('granite is shown', async () =>
        (await backstage.entities('AiModelServerAPI')).get('aimodelserverapi:default/granite-33'));
      assertGraniteCard(await documentationOf(backstage, granite));
      assert.deepEqual(backstage.complaints(), []);
    });
  });
});
