// Red Hat's provider of the generation before 1.0: no tokens, and a Component, a Resource and an API where the newest has one entity.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { errorsOf, startBackstage, uidsOf } from './stage/backstage.mjs';
import { sampleModels, startDemo } from './stage/connector.mjs';
import { eventually } from './stage/processes.mjs';

/** The entities that the catalog is to show of an entry. */
const refsOf = ({ models, modelServer }) => [
  ...models.map((model) => `resource:default/${model.name.toLowerCase()}`),
  ...(modelServer ? ['component', 'api'].map((kind) => `${kind}:default/${modelServer.name.toLowerCase()}`) : []),
];

describe('Red Hat\'s older client', () => {
  let connector;
  let backstage;

  before(async () => {
    // This client makes a link of a licence, and Backstage refuses one that is no URL.
    connector = await startDemo(sampleModels(), { env: { LICENSE_LINKS_ONLY: 'true' } });
    backstage = await startBackstage({
      entry: 'test/stage/older-backstage.cjs',
      configs: [],
      overrides: {
        catalog: {
          providers: {
            modelCatalog: {
              development: { baseUrl: connector.base, schedule: { frequency: { seconds: 1 }, timeout: { minutes: 1 } } },
            },
          },
        },
      },
    });
  });

  after(async () => {
    await connector?.end();
    await backstage?.stop();
  });

  const allShown = () => eventually('the catalog shows every model and every server', async () => {
    const entries = [...(await connector.entries()).values()];
    const entities = await backstage.entities();
    assert.deepEqual([...entities.keys()].sort(), entries.flatMap(refsOf).sort());
    return entities;
  });

  it('shows each model and each server of an entry, with owner, tags, links and relations', async () => {
    const entities = await allShown();
    for (const { models, modelServer } of (await connector.entries()).values()) {
      for (const model of models) {
        const { metadata, relations } = entities.get(`resource:default/${model.name.toLowerCase()}`);
        assert.equal(metadata.description, model.description);
        assert.deepEqual(metadata.tags, model.tags ?? []);
        assert.equal(metadata.links.some((link) => link.title === 'Artifact Location'), model.artifactLocationURL !== undefined);
        assert.ok(relations.some((r) => r.type === 'ownedBy' && r.targetRef === `user:default/${model.owner.toLowerCase()}`));
        assert.equal(relations.some((r) => r.type === 'dependencyOf'), modelServer !== undefined);
      }
      if (modelServer) {
        const { metadata, relations } = entities.get(`component:default/${modelServer.name.toLowerCase()}`);
        assert.ok(metadata.links.some((link) => link.title === 'API' && link.url === modelServer.API.url));
        assert.deepEqual(new Set(relations.map((r) => r.type)), new Set(['dependsOn', 'ownedBy', 'providesApi']));
      }
    }
    assert.deepEqual(errorsOf(entities), []);
    assert.deepEqual(backstage.complaints(), []);
  });

  it('takes an entry out of the catalog that goes, and no other', async () => {
    const earlier = uidsOf(await allShown());
    const models = sampleModels();
    models.models = models.models.filter((model) => model.name !== 'phi-4');
    connector.write(models);
    await eventually('phi-4 is no longer served', async () => !(await connector.entries()).has('/phi-4/100/model-catalog.json'));

    for (const ref of [...earlier.keys()].filter((key) => key.includes('/phi-4'))) earlier.delete(ref);
    assert.deepEqual(uidsOf(await allShown()), earlier);
  });

  it('deletes nothing while the connector is away, nor when it is back', async () => {
    const earlier = uidsOf(await allShown());
    const failed = () => backstage.requests.filter((request) => request.error).length;
    const until = failed() + 2;
    await connector.stop();
    await eventually('two refreshes that fail', () => failed() >= until);
    assert.deepEqual(uidsOf(await backstage.entities()), earlier);

    await connector.start();
    const answered = () => backstage.requests.filter((request) => request.url.endsWith('/list') && request.status === 200).length;
    const again = answered() + 2;
    await eventually('two refreshes more', () => answered() >= again);
    assert.deepEqual(uidsOf(await allShown()), earlier);
  });
});
