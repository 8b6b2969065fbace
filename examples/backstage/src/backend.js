'use strict';

// The parts of a Backstage backend that every configuration here has. CommonJS, as Backstage's own packages: their ES modules are
// for bundlers and do not load in Node.
const { createBackend } = require('@backstage/backend-defaults');

/** A backend with catalog and TechDocs. What it reads is said by its configuration files. */
function catalogBackend() {
  const backend = createBackend();
  backend.add(require('@backstage/plugin-catalog-backend'));
  // Without this module the catalog keeps silent about entities that it refuses.
  backend.add(require('@backstage/plugin-catalog-backend-module-logs'));
  backend.add(require('@backstage/plugin-techdocs-backend'));
  backend.add(require('./frontend.js'));
  return backend;
}

module.exports = { catalogBackend };
