'use strict';

const { catalogBackend } = require('../../src/backend.js');

const backend = catalogBackend();
backend.add(require('./older-client.cjs'));
backend.start();
