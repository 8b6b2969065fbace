'use strict';

// Serves the frontend that `frontend/` was bundled into, at the place where Backstage looks for it.
const fs = require('node:fs');
const path = require('node:path');
const { coreServices, createBackendPlugin } = require('@backstage/backend-plugin-api');
const express = require('express');

const BUNDLE = path.join(__dirname, '../frontend/dist');

module.exports = createBackendPlugin({
  // The root of the server leads to the plugin of this name.
  pluginId: 'app',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter, logger: coreServices.logger },
      async init({ httpRouter, logger }) {
        if (!fs.existsSync(BUNDLE)) {
          logger.info('There is no page to look at; `npm run frontend` makes one');
          return;
        }
        const router = express.Router();
        router.use(express.static(BUNDLE));
        // Every other path is one of the frontend's own.
        router.get('*', (_, response) => response.sendFile(path.join(BUNDLE, 'index.html')));
        httpRouter.use(router);
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});
