import '@backstage/ui/css/styles.css';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import { createRoot } from 'react-dom/client';
import guest from './guest.jsx';
import noSearch from './no-search.js';

const { origin } = window.location;
const settings = {
  app: {
    title: 'Models',
    baseUrl: origin,
    extensions: [
      { 'page:catalog': { config: { path: '/' } } },
      { 'page:techdocs': { config: { initialFilter: 'all' } } },
      // Models have neither.
      { 'entity-card:catalog/depends-on-components': false },
      { 'entity-card:catalog/has-subcomponents': false },
      { 'page:techdocs/reader': { config: { withoutSearch: true } } },
    ],
  },
  backend: { baseUrl: origin },
  organization: { name: 'Example' },
};

const app = createApp({
  features: [guest, noSearch, catalogPlugin, techdocsPlugin],
  advanced: { configLoader: async () => ({ config: new ConfigReader(settings) }) },
});

createRoot(document.getElementById('root')).render(app.createRoot());
