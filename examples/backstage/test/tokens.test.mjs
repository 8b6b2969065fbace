// What the connector takes for a request of Backstage's: tokens that Backstage signed, and forgeries of them.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startBackstage } from './stage/backstage.mjs';
import { sampleModels, startDemo } from './stage/connector.mjs';
import { eventually, freePort } from './stage/processes.mjs';

const PLUGIN = 'kserve-kubeflow-connector';
const KEY_ID = 'key-of-this-test';

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
const now = () => Math.floor(Date.now() / 1000);

describe('the connector contract', () => {
  // Backstage signs with this key. The test has it as well, to make what Backstage would not: tokens that are expired or for others.
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keys-'));
  let connector;
  let backstage;

  before(async () => {
    const publicKeyFile = path.join(folder, 'public.pem');
    const privateKeyFile = path.join(folder, 'private.pem');
    fs.writeFileSync(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
    fs.writeFileSync(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const port = await freePort();
    connector = await startDemo(sampleModels(), { env: { BKSTG_URL: `http://127.0.0.1:${port}` } });
    backstage = await startBackstage({
      entry: 'src/red-hat.js',
      configs: ['app-config.red-hat.yaml'],
      port,
      env: { CONNECTOR_URL: connector.base, REFRESH_SECONDS: '1' },
      overrides: {
        backend: {
          auth: {
            pluginKeyStore: {
              type: 'static',
              static: { keys: [{ publicKeyFile, privateKeyFile, keyId: KEY_ID, algorithm: 'ES256' }] },
            },
          },
        },
      },
    });
  });

  after(async () => {
    await connector?.end();
    await backstage?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function token({ header = {}, claims = {}, key = privateKey } = {}) {
    const signed = [
      encoded({ typ: 'vnd.backstage.plugin', alg: 'ES256', kid: KEY_ID, ...header }),
      encoded({ sub: 'catalog', aud: PLUGIN, iat: now(), exp: now() + 3600, ...claims }),
    ].join('.');
    const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }

  async function statusWith(authorization) {
    const response = await fetch(`${connector.base}/api/${PLUGIN}/list`, { headers: authorization && { authorization } });
    await response.arrayBuffer();
    return response.status;
  }

  const asBearer = (made) => statusWith(`Bearer ${made}`);

  it('takes a token as Backstage sends it', async () => {
    const { authorization } = await eventually('a request of Backstage with a token', () =>
      backstage.requests.find((request) => request.url.endsWith('/list') && request.status === 200));
    assert.equal(await statusWith(authorization), 200);
    const [header, claims] = authorization.split(' ')[1].split('.').slice(0, 2).map(decoded);
    assert.deepEqual([header.alg, header.typ, claims.sub, claims.aud], ['ES256', 'vnd.backstage.plugin', 'catalog', PLUGIN]);
  });

  it('takes one that this test signs in the same way', async () => {
    assert.equal(await asBearer(token()), 200);
  });

  it('refuses a request without a token, or with something else in its place', async () => {
    assert.equal(await statusWith(undefined), 401);
    assert.equal(await statusWith('Basic Y2F0YWxvZzpjYXRhbG9n'), 401);
    assert.equal(await asBearer('nonsense'), 401);
  });

  it('refuses claims that were changed after they were signed', async () => {
    const [header, , signature] = token({ claims: { exp: now() - 3600 } }).split('.');
    const forged = encoded({ sub: 'catalog', aud: PLUGIN, iat: now(), exp: now() + 3600 });
    assert.equal(await asBearer(`${header}.${forged}.${signature}`), 401);
  });

  it('refuses a token that has expired', async () => {
    assert.equal(await asBearer(token({ claims: { iat: now() - 7200, exp: now() - 3600 } })), 401);
  });

  it('refuses a token for another plugin', async () => {
    assert.equal(await asBearer(token({ claims: { aud: 'scaffolder' } })), 403);
  });

  it('refuses a token that another key signed, under the name of the right one or its own', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    assert.equal(await asBearer(token({ key: other })), 401);
    assert.equal(await asBearer(token({ key: other, header: { kid: 'key-of-somebody' } })), 401);
  });

  it('refuses a token that brings its own key along', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...other.publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'ES256' };
    assert.equal(await asBearer(token({ key: other.privateKey, header: { jwk } })), 401);
  });

  it('refuses a token that is not signed, or with the public key as if it were a secret', async () => {
    const claims = encoded({ sub: 'catalog', aud: PLUGIN, iat: now(), exp: now() + 3600 });
    const unsigned = encoded({ typ: 'vnd.backstage.plugin', alg: 'none', kid: KEY_ID });
    assert.equal(await asBearer(`${unsigned}.${claims}.`), 401);
    const symmetric = `${encoded({ typ: 'vnd.backstage.plugin', alg: 'HS256', kid: KEY_ID })}.${claims}`;
    const secret = publicKey.export({ type: 'spki', format: 'pem' });
    assert.equal(await asBearer(`${symmetric}.${createHmac('sha256', secret).update(symmetric).digest('base64url')}`), 401);
  });

  it('refuses a token of a user, and one of a plugin that Backstage does not have', async () => {
    assert.equal(await asBearer(token({ header: { typ: 'vnd.backstage.user' } })), 401);
    assert.ok([401, 403].includes(await asBearer(token({ claims: { sub: '../catalog' } }))));
    assert.ok([401, 403].includes(await asBearer(token({ claims: { sub: 'nobody' } }))));
  });

  it('still takes Backstage\'s own after all of these', async () => {
    assert.equal(await asBearer(token()), 200);
    const answered = () => backstage.requests.filter((r) => r.url.endsWith('/list') && r.status === 200).length;
    const until = answered() + 2;
    await eventually('two more refreshes', () => answered() >= until);
    assert.deepEqual(backstage.complaints(), []);
  });
});
