// A module that is loaded when it is needed has only a default export in the bundle if it is CommonJS; TechDocs asks for a named one.
import client from '../node_modules/react-dom/client.js';

export const { createRoot, hydrateRoot } = client;
