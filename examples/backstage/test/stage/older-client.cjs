'use strict';

// Red Hat's provider as it was before 1.0: that generation cannot be had from the package registry any more. This does what it
// did on the wire and hands the catalog the same entities, so that the catalog can judge them. OLDER_CLIENT names a module to be
// used in its place.
const { coreServices, createBackendModule, readSchedulerServiceTaskScheduleDefinitionFromConfig } = require('@backstage/backend-plugin-api');
const { catalogProcessingExtensionPoint } = require('@backstage/plugin-catalog-node');

const TAG = /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/;
const LOCATION = ['backstage.io/managed-by-location', 'backstage.io/managed-by-origin-location'];

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

const tagsOf = (tags = []) => tags.map((tag) => tag.replace(/\s/g, '')).filter((tag) => TAG.test(tag) && tag.length <= 63);

const linksOf = (...pairs) => pairs.filter(([, url]) => url !== undefined).map(([title, url]) => ({ title, url }));

function entity(kind, of, metadata, spec) {
  return {
    apiVersion: 'backstage.io/v1beta1',
    kind,
    metadata: { name: of.name.replace(/\s/g, ''), ...metadata },
    spec: { owner: `user:${of.owner}`, ...spec },
  };
}

function modelEntity(model, server) {
  const { TechDocs: documentation = '', ...annotations } = model.annotations ?? {};
  if (documentation.trim()) annotations['backstage.io/techdocs-ref'] = `url:${documentation.trim()}`;
  return entity('Resource', model, {
    description: model.description,
    tags: tagsOf(model.tags),
    // A licence is taken for an address, whatever it says.
    links: linksOf(['Artifact Location', model.artifactLocationURL], ['How to use', model.howToUseURL], ['License', model.license]),
    annotations,
  }, { type: 'ai-model', dependencyOf: server ? [`component:${server.name}`] : [] });
}

function serverEntities(server, models) {
  const { API: api } = server;
  const authentication = server.authentication ? 'auth-required' : 'auth-not-required';
  const component = entity('Component', server, {
    description: server.description,
    tags: [...tagsOf(server.tags), authentication],
    links: linksOf(['API', api?.url], ['Homepage', server.homepageURL]),
    annotations: { ...api?.annotations, ...server.annotations },
  }, {
    type: 'model-server',
    lifecycle: server.lifecycle,
    dependsOn: models.map((model) => `resource:${model.name}`),
    ...(api && { providesApis: [server.name] }),
  });
  if (!api) return [component];
  return [component, entity('API', server, {
    tags: [...tagsOf(api.tags), authentication],
    links: linksOf(['API', api.url]),
    annotations: {},
  }, { type: api.type, lifecycle: server.lifecycle, definition: api.spec })];
}

class OlderClient {
  constructor(id, baseUrl, runner, logger) {
    Object.assign(this, { id, baseUrl, runner, logger });
  }

  getProviderName() {
    return `ModelCatalogResourceEntityProvider:${this.id}`;
  }

  async connect(connection) {
    await this.runner.run({
      id: `${this.getProviderName()}:run`,
      fn: () => this.refresh(connection).catch((error) => this.logger.error(`Error while syncing ${this.baseUrl}`, error)),
    });
  }

  async refresh(connection) {
    const { uris } = await read(`${this.baseUrl}/list`);
    const catalogs = await Promise.all((uris ?? []).map((uri) => read(this.baseUrl + uri)));
    const entities = catalogs.flatMap(({ models, modelServer }) => [
      ...models.map((model) => modelEntity(model, modelServer)),
      ...(modelServer ? serverEntities(modelServer, models) : []),
    ]);
    for (const { metadata } of entities) {
      for (const annotation of LOCATION) metadata.annotations[annotation] = this.getProviderName();
    }
    const locationKey = this.getProviderName();
    await connection.applyMutation({ type: 'full', entities: entities.map((each) => ({ entity: each, locationKey })) });
  }
}

const ownClient = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'older-model-catalog',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, logger, scheduler }) {
        const providers = config.getConfig('catalog.providers.modelCatalog');
        catalog.addEntityProvider(providers.keys().map((id) => {
          const provider = providers.getConfig(id);
          const schedule = readSchedulerServiceTaskScheduleDefinitionFromConfig(provider.getConfig('schedule'));
          return new OlderClient(id, provider.getString('baseUrl'), scheduler.createScheduledTaskRunner(schedule), logger);
        }));
      },
    });
  },
});

module.exports = process.env.OLDER_CLIENT ? require(process.env.OLDER_CLIENT) : ownClient;
