import { createFetchApi, FetchMiddlewares } from '@backstage/core-app-api';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { useEffect } from 'react';

const GUEST = {
  getProfileInfo: async () => ({ displayName: 'Guest' }),
  getBackstageIdentity: async () => ({
    type: 'user',
    userEntityRef: 'user:default/guest',
    ownershipEntityRefs: ['user:default/guest'],
  }),
  getCredentials: async () => ({}),
  signOut: async () => {},
};

function SignInAsGuest({ onSignInSuccess }) {
  useEffect(() => onSignInSuccess(GUEST), [onSignInSuccess]);
  return null;
}

/**
 * TechDocs wants a cookie before it shows a page, and the backend has none for somebody who did not sign in, although it then
 * asks for none.
 */
const withoutCookie = {
  apply: (next) => async (input, init) => {
    const address = typeof input === 'string' ? input : input.url ?? String(input);
    if (!address.endsWith('/.backstage/auth/v1/cookie')) return next(input, init);
    return Response.json({ expiresAt: new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString() });
  },
};

const signInPage = SignInPageBlueprint.make({ params: { loader: async () => SignInAsGuest } });

const fetchApi = ApiBlueprint.make({
  name: 'fetch',
  params: (define) => define({
    api: fetchApiRef,
    deps: { discoveryApi: discoveryApiRef },
    factory: ({ discoveryApi }) =>
      createFetchApi({ middleware: [FetchMiddlewares.resolvePluginProtocol({ discoveryApi }), withoutCookie] }),
  }),
});

/** The backend beside this asks nobody to sign in: whoever looks is a guest. */
export default createFrontendModule({ pluginId: 'app', extensions: [signInPage, fetchApi] });
