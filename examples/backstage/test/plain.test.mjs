// A stock Backstage, without any code for models, that reads catalog-info.yaml.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { errorsOf, refOf, startBackstage, uidsOf } from './stage/backstage.mjs';
import { manyModels, sampleModels, startDemo } from './stage/connector.mjs';
import { eventually } from './stage/processes.mjs';

async function startBoth(models, processingSeconds) {
  const connector = await startDemo(models);
  try {
    const backstage = await startBackstage({
      entry: 'src/plain.js',
      configs: ['app-config.plain.yaml'],
      env: { CONNECTOR_HOST: `127.0.0.1:${connector.port}`, PROCESSING_SECONDS: String(processingSeconds) },
    });
    return { connector, backstage };
  } catch (error) {
    await connector.end();
    throw error;
  }
}

/** The field of an entity's spec, the relation that it makes and the one back, and the kind that a bare name is of. */
const RELATIONS = [
  ['owner', 'ownedBy', 'ownerOf', 'group'],
  ['system', 'partOf', 'hasPart', 'system'],
  ['providesApis', 'providesApi', 'apiProvidedBy', 'api'],
  ['dependsOn', 'dependsOn', 'dependencyOf', 'component'],
  ['dependencyOf', 'dependencyOf', 'dependsOn', 'component'],
];

function fullRef(ref, kind) {
  const [, givenKind, namespace, name] = /^(?:([^:]+):)?(?:([^/]+)\/)?(.+)$/.exec(ref);
  return `${givenKind ?? kind}:${namespace ?? 'default'}/${name}`.toLowerCase();
}

/** The relations that Backstage is to make of the documents, of each entity that they describe. */
function expectedRelations(documents) {
  const relations = new Map(documents.map((document) => [refOf(document), new Set()]));
  for (const document of documents) {
    for (const [field, there, back, kind] of RELATIONS) {
      for (const ref of [document.spec[field] ?? []].flat()) {
        relations.get(refOf(document)).add(`${there} ${fullRef(ref, kind)}`);
        relations.get(fullRef(ref, kind))?.add(`${back} ${refOf(document)}`);
      }
    }
  }
  return relations;
}

function writtenEntity({ apiVersion, kind, metadata, spec }, relations) {
  const { name, title, description, tags, links, labels, annotations } = metadata;
  return JSON.parse(JSON.stringify({
    apiVersion, kind, metadata: { name, title, description, tags, links, labels, annotations }, spec, relations: [...relations].sort(),
  }));
}

/** The same of what the catalog shows, less the annotations with which the catalog says where an entity is from. */
function shownEntity(entity, written) {
  const annotations = Object.entries(entity.metadata.annotations).filter(([key]) => key in (written.metadata.annotations ?? {}));
  const metadata = { ...entity.metadata, annotations: annotations.length > 0 ? Object.fromEntries(annotations) : undefined };
  return writtenEntity({ ...entity, metadata }, new Set((entity.relations ?? []).map((r) => `${r.type} ${r.targetRef}`)));
}

describe('a stock Backstage', () => {
  let connector;
  let backstage;
  let sample;

  before(async () => {
    ({ connector, backstage } = await startBoth(sampleModels(), 2));
    sample = await connector.entries();
  });

  after(async () => {
    await connector?.end();
    await backstage?.stop();
  });

  const allShown = () => eventually('the catalog shows every entity as it is written', async () => {
    const documents = await connector.entities();
    const entities = await backstage.entities();
    assert.deepEqual([...entities.keys()].sort(), documents.map(refOf).sort());
    const relations = expectedRelations(documents);
    for (const document of documents) {
      const entity = entities.get(refOf(document));
      assert.deepEqual(shownEntity(entity, document), writtenEntity(document, relations.get(refOf(document))));
    }
    return entities;
  }, { seconds: 60 });

  beforeEach(async () => {
    connector.write(sampleModels());
    await eventually('the sample is served', async () => {
      assert.deepEqual(await connector.entries(), sample);
      return true;
    });
    await allShown();
  });

  it('shows each model and each server of an entry, and the API of each server', async () => {
    const entities = await backstage.entities();
    for (const { models, modelServer } of sample.values()) {
      for (const model of models) assert.ok(entities.has(`resource:default/${model.name.toLowerCase()}`), model.name);
      if (modelServer) {
        assert.ok(entities.has(`component:default/${modelServer.name.toLowerCase()}`), modelServer.name);
        assert.ok(entities.has(`api:default/${modelServer.name.toLowerCase()}`), modelServer.name);
      }
    }
    for (const [ref, entity] of entities) {
      const owners = (entity.relations ?? []).filter((relation) => relation.type === 'ownedBy');
      assert.equal(owners.length, entity.kind === 'System' ? owners.length : 1, `${ref} has ${owners.length} owners`);
    }
    assert.deepEqual(errorsOf(entities), []);
    assert.deepEqual(backstage.complaints(), []);
  });

  it('takes an entry out of the catalog that goes, and no other', async () => {
    const earlier = uidsOf(await backstage.entities());
    const models = sampleModels();
    models.models = models.models.filter((model) => model.name !== 'phi-4');
    connector.write(models);

    await eventually('phi-4 is no longer served', async () => (await connector.entries()).size === sample.size - 1);
    const now = uidsOf(await allShown());
    for (const ref of [...earlier.keys()].filter((key) => /\/phi-4/.test(key))) earlier.delete(ref);
    assert.deepEqual(now, earlier);
  });

  it('keeps an entry that breaks as it was, and shows what changes beside it', async () => {
    const earlier = uidsOf(await backstage.entities());
    const models = sampleModels();
    models.models.find((model) => model.name === 'phi-4').description = ['not', 'a', 'text'];
    models.models.find((model) => model.name === 'churn-forecast').description = 'Who is likely to leave.';
    connector.write(models);

    const entities = await eventually('the other change is shown', async () => {
      const now = await backstage.entities();
      return now.get('component:default/churn-forecast').metadata.description.startsWith('Who is likely') && now;
    });
    assert.deepEqual(uidsOf(entities), earlier);
    assert.deepEqual(errorsOf(entities), []);
  });

  it('deletes nothing while the connector is away, nor when it is back', async () => {
    const earlier = uidsOf(await backstage.entities());
    const failed = () => backstage.requests.filter((request) => request.error).length;
    const until = failed() + 10;
    await connector.stop();
    await eventually('it was asked for in vain', () => failed() >= until, { seconds: 60 });
    assert.deepEqual(uidsOf(await backstage.entities()), earlier);

    await connector.start();
    const answered = () => backstage.requests.filter((request) => request.status === 304).length;
    const again = answered() + 2 * sample.size;
    await eventually('it is read twice again', () => answered() >= again, { seconds: 60 });
    assert.deepEqual(uidsOf(await allShown()), earlier);
  });
});

describe('a stock Backstage and a thousand models', () => {
  it('takes each of them, and transfers none a second time that did not change', async (t) => {
    const begin = performance.now();
    const { connector, backstage } = await startBoth(manyModels(1000), 20);
    try {
      await eventually('a thousand models, servers and APIs', async () => {
        const { Component, Resource, API } = await backstage.counts();
        assert.deepEqual([Component, Resource, API], [1000, 1000, 1000]);
        return true;
      }, { seconds: 300 });
      t.diagnostic(`everything is shown after ${Math.round(performance.now() - begin)} ms`);
      const first = backstage.requests.length;
      await eventually('a second pass', () => backstage.requests.length >= first + 1001, { seconds: 180 });

      const second = backstage.requests.slice(first, first + 1001);
      t.diagnostic(`second pass after ${Math.round(performance.now() - begin)} ms`);
      assert.deepEqual(second.filter((request) => request.status !== 304), []);
      assert.deepEqual(errorsOf(await backstage.entities()), []);
      assert.deepEqual(backstage.complaints(), []);
    } finally {
      await connector.end();
      await backstage.stop();
    }
  });
});
