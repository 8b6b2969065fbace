// Red Hat's provider of the newest generation, as it is published, in a real Backstage.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { errorsOf, startBackstage, uidsOf } from './stage/backstage.mjs';
import { manyModels, sampleModels, startDemo } from './stage/connector.mjs';
import { eventually, freePort } from './stage/processes.mjs';

const KIND = 'AiModelServerAPI';
const refOfServer = (name) => `aimodelserverapi:default/${name.toLowerCase()}`;

async function startBoth(models, refreshSeconds) {
  // The connector asks Backstage for its keys, and Backstage the connector for its models.
  const backstagePort = await freePort();
  const connector = await startDemo(models, { env: { BKSTG_URL: `http://127.0.0.1:${backstagePort}` } });
  try {
    const backstage = await startBackstage({
      entry: 'src/red-hat.js',
      configs: ['app-config.red-hat.yaml'],
      port: backstagePort,
      env: { CONNECTOR_URL: connector.base, REFRESH_SECONDS: String(refreshSeconds) },
    });
    return { connector, backstage };
  } catch (error) {
    await connector.end();
    throw error;
  }
}

/** The refreshes that came to an end: each is a request for the list, and one for each entry. */
function refreshesOf(backstage) {
  const refreshes = [];
  for (const request of [...backstage.requests].sort((a, b) => a.begin - b.begin)) {
    if (request.url.endsWith('/list')) refreshes.push([]);
    if (request.url.includes('/kserve-kubeflow-connector/')) refreshes.at(-1)?.push(request);
  }
  return refreshes;
}

/** What the portal is to show of an entry that is served. */
function expectedEntity({ models, modelServer }) {
  const links = [{ title: 'API', url: modelServer.API.url }];
  if (modelServer.homepageURL) links.push({ title: 'Homepage', url: modelServer.homepageURL });
  for (const { name, artifactLocationURL } of models) {
    if (artifactLocationURL) links.push({ title: `${name} artifact`, url: artifactLocationURL });
  }
  return {
    description: modelServer.description,
    tags: [...(modelServer.tags ?? []), modelServer.authentication ? 'auth-required' : 'auth-not-required'].sort(),
    links: links.map(({ title, url }) => `${title}: ${url}`).sort(),
    type: 'ai-model-server',
    lifecycle: modelServer.lifecycle,
    owner: `user:${modelServer.owner}`,
    serverType: modelServer.API.type,
    serverUrl: modelServer.API.url,
    requiresApiKey: modelServer.authentication,
    available: models.map((model) => model.name).sort(),
    relations: [`ownedBy user:default/${modelServer.owner.toLowerCase()}`],
  };
}

function shownEntity({ metadata, spec, relations }) {
  return {
    description: metadata.description,
    tags: [...metadata.tags].sort(),
    links: metadata.links.map(({ title, url }) => `${title}: ${url}`).sort(),
    type: spec.type,
    lifecycle: spec.lifecycle,
    owner: spec.owner,
    serverType: spec.serverType,
    serverUrl: spec.serverUrl,
    requiresApiKey: spec.requiresApiKey,
    available: [...spec.models.available].sort(),
    relations: relations.map(({ type, targetRef }) => `${type} ${targetRef}`),
  };
}

describe('Red Hat\'s newest client', () => {
  let connector;
  let backstage;
  let sample;

  before(async () => {
    ({ connector, backstage } = await startBoth(sampleModels(), 1));
    sample = await connector.entries();
  });

  after(async () => {
    await connector?.end();
    await backstage?.stop();
  });

  const servedEntries = async () =>
    [...(await connector.entries()).values()].filter((entry) => entry.modelServer !== undefined);

  /** Waits until the catalog shows exactly what the connector serves. */
  const allShown = () => eventually('the catalog shows every served model', async () => {
    const entries = await servedEntries();
    const entities = await backstage.entities(KIND);
    assert.deepEqual([...entities.keys()].sort(), entries.map((entry) => refOfServer(entry.modelServer.name)).sort());
    for (const entry of entries) {
      assert.deepEqual(shownEntity(entities.get(refOfServer(entry.modelServer.name))), expectedEntity(entry));
    }
    return entities;
  });

  const refreshedTwice = async () => {
    const answered = () => backstage.requests.filter((r) => r.url.endsWith('/list') && r.status === 200).length;
    const until = answered() + 2;
    await eventually('two more refreshes', () => answered() >= until);
  };

  beforeEach(async () => {
    connector.write(sampleModels());
    await eventually('the sample is served', async () => {
      assert.deepEqual(await connector.entries(), sample);
      return true;
    });
    await allShown();
  });

  it('shows each model that is served, with its relations, owner, tags and links', async () => {
    const entities = await allShown();
    assert.ok(entities.size > 10, `only ${entities.size} entities`);
    assert.deepEqual(errorsOf(entities), []);
    assert.deepEqual(backstage.complaints(), []);
  });

  it('takes an entry out of the catalog that goes, and no other', async () => {
    const earlier = uidsOf(await backstage.entities(KIND));
    const models = sampleModels();
    const gone = models.models.find((model) => model.name === 'phi-4');
    models.models.splice(models.models.indexOf(gone), 1);
    connector.write(models);

    const entities = await eventually('phi-4 is gone', async () => {
      const now = await backstage.entities(KIND);
      return !now.has(refOfServer('phi-4')) && now;
    });
    earlier.delete(refOfServer('phi-4'));
    assert.deepEqual(uidsOf(entities), earlier);
  });

  it('keeps an entry that breaks as it was, and shows what changes beside it', async () => {
    const earlier = await backstage.entities(KIND);
    const complaints = backstage.complaints().length;
    const models = sampleModels();
    models.models.find((model) => model.name === 'phi-4').description = ['not', 'a', 'text'];
    models.models.find((model) => model.name === 'churn-forecast').description = 'Who is likely to leave.';
    connector.write(models);

    const entities = await eventually('the other change is shown', async () => {
      const now = await backstage.entities(KIND);
      return now.get(refOfServer('churn-forecast')).metadata.description.startsWith('Who is likely') && now;
    });
    assert.deepEqual(uidsOf(entities), uidsOf(earlier));
    assert.deepEqual(shownEntity(entities.get(refOfServer('phi-4'))), shownEntity(earlier.get(refOfServer('phi-4'))));
    assert.deepEqual(errorsOf(entities), []);
    assert.equal(backstage.complaints().length, complaints);
  });

  it('loses a link that no browser can follow, and nothing else of that entry', async () => {
    const models = sampleModels();
    models.models.find((model) => model.name === 'invoice-layout-extractor').versions[0].served.homepage = 'see the wiki';
    connector.write(models);

    const entity = await eventually('the link is gone', async () => {
      const now = (await backstage.entities(KIND)).get(refOfServer('invoice-extractor'));
      return now.metadata.links.every((link) => link.title !== 'Homepage') && now;
    });
    assert.deepEqual(errorsOf([['invoice-extractor', entity]]), []);
    assert.ok(entity.metadata.links.some((link) => link.title === 'API'));
  });

  it('deletes nothing while the connector is away, nor when it is back', async () => {
    const earlier = uidsOf(await backstage.entities(KIND));
    const failures = () => backstage.complaints().filter((text) => text.includes('fetch failed')).length;
    const until = failures() + 2;
    await connector.stop();
    await eventually('two refreshes that fail', () => failures() >= until);
    assert.deepEqual(uidsOf(await backstage.entities(KIND)), earlier);

    await connector.start();
    await refreshedTwice();
    assert.deepEqual(uidsOf(await allShown()), earlier);
  });
});

describe('Red Hat\'s newest client and a thousand models', () => {
  it('reads them all at once in less than three seconds, none refused', async (t) => {
    const { connector, backstage } = await startBoth(manyModels(1000), 5);
    try {
      await eventually('a thousand entities', async () => (await backstage.counts())[KIND] === 1000, { seconds: 180 });
      await eventually('three refreshes', () => refreshesOf(backstage).filter((r) => r.length === 1001).length >= 3);

      const refreshes = refreshesOf(backstage).filter((refresh) => refresh.length === 1001);
      const seconds = refreshes.map((r) => (Math.max(...r.map((q) => q.end)) - r[0].begin) / 1000);
      t.diagnostic(`refreshes took ${seconds.join(', ')} s; ${mostAtOnce(refreshes[0])} requests at once`);
      assert.ok(mostAtOnce(refreshes[0]) >= 600, 'the client no longer asks for everything at once');
      assert.deepEqual(refreshes.flat().filter((request) => request.error || request.status !== 200), []);
      assert.deepEqual(errorsOf(await backstage.entities(KIND)), []);
      assert.deepEqual(backstage.complaints(), []);
      assert.ok(Math.min(...seconds) < 3, `the fastest refresh took ${Math.min(...seconds)} s`);
    } finally {
      await connector.end();
      await backstage.stop();
    }
  });
});

function mostAtOnce(requests) {
  const steps = requests.flatMap(({ begin, end }) => [[begin, 1], [end, -1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let now = 0;
  return steps.reduce((most, [, step]) => Math.max(most, now += step), 0);
}
