import '@backstage/ui/css/styles.css';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import { createRoot } from 'react-dom/client';
import guest from './guest.jsx';
import noSearch from './no-search.js';

const { origin } = window.location;

/** What the catalog begins with: the servers of models, whichever kind they are of. */
async function firstKind() {
  const response = await fetch('/api/catalog/entity-facets?facet=kind');
  const { facets } = await response.json();
  return facets.kind.some(({ value }) => value === 'AiModelServerAPI') ? 'aimodelserverapi' : 'component';
}

async function settings() {
  return {
    app: {
      title: 'Models',
      baseUrl: origin,
      extensions: [
        { 'page:catalog': { config: { path: '/' } } },
        { 'catalog-filter:catalog/kind': { config: { initialFilter: await firstKind() } } },
        { 'page:techdocs': { config: { initialFilter: 'all' } } },
        { 'page:techdocs/reader': { config: { withoutSearch: true } } },
        // Models have neither.
        { 'entity-card:catalog/depends-on-components': false },
        { 'entity-card:catalog/has-subcomponents': false },
      ],
    },
    backend: { baseUrl: origin },
    organization: { name: 'Example' },
  };
}

const app = createApp({
  features: [guest, noSearch, catalogPlugin, techdocsPlugin],
  advanced: { configLoader: async () => ({ config: new ConfigReader(await settings()) }) },
});

createRoot(document.getElementById('root')).render(app.createRoot());
