'use strict';

// Backstage with Red Hat's model catalog provider and its reader of model cards.
const { provideStaticCatalogModel } = require('@backstage/plugin-catalog-node/alpha');
const { aiModelServerApiEntityModel } = require('@red-hat-developer-hub/backstage-plugin-catalog-model-ai-model-server');
const { catalogBackend } = require('./backend.js');

const backend = catalogBackend();
backend.add(require('@red-hat-developer-hub/backstage-plugin-catalog-backend-module-model-catalog'));
backend.add(require('@red-hat-developer-hub/backstage-plugin-catalog-techdoc-url-reader-backend'));
// The provider does not register the kind of its entities: without this the catalog refuses every one of them.
backend.add(provideStaticCatalogModel({ layers: [aiModelServerApiEntityModel] }));
backend.start();
