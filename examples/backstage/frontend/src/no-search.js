import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import { searchApiRef } from '@backstage/plugin-search-react';

/** The TechDocs tab of an entity cannot be shown without a search; the backend beside this has none. */
export default createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'search',
      params: (define) => define({ api: searchApiRef, deps: {}, factory: () => ({ query: async () => ({ results: [] }) }) }),
    }),
  ],
});
