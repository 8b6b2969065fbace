'use strict';

// Loaded into Backstage before its own code: tells the test of every HTTP request that Backstage made, as its client saw it.
const { subscribe } = require('node:diagnostics_channel');

const open = new Map();

subscribe('undici:request:create', ({ request }) => {
  const headers = String(request.headers);
  open.set(request, {
    url: `${request.origin}${request.path}`,
    begin: Date.now(),
    conditional: /if-none-match/i.test(headers),
    authorization: /authorization,?:?\s*([^\r\n,]+)/i.exec(headers)?.[1],
  });
});
subscribe('undici:request:headers', ({ request, response }) => {
  const seen = open.get(request);
  if (seen) seen.status = response.statusCode;
});
subscribe('undici:request:trailers', ({ request }) => tell(request, {}));
subscribe('undici:request:error', ({ request, error }) => tell(request, { error: error.message }));

function tell(request, more) {
  const seen = open.get(request);
  open.delete(request);
  if (seen && process.connected) process.send({ ...seen, ...more, end: Date.now() });
}
