'use strict';

// A stock Backstage: no code of Red Hat's in it.
const { catalogBackend } = require('./backend.js');

catalogBackend().start();
