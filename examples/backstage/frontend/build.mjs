// Bundles the frontend into dist/, from where the backend serves it.
import fs from 'node:fs';
import { build } from 'esbuild';

fs.rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.jsx'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  jsx: 'automatic',
  // Some of Backstage's packages expect these of Node's in the browser.
  inject: ['src/node-globals.js'],
  alias: { stream: 'stream-browserify', 'react-dom/client': './src/react-dom-client.js' },
  define: {
    global: 'globalThis',
    'process.env.NODE_ENV': '"production"',
    'process.env.HAS_REACT_DOM_CLIENT': 'true',
    'process.env.APP_CONFIG': 'undefined',
  },
  loader: { '.svg': 'file', '.png': 'file', '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.eot': 'file' },
  logLevel: 'info',
});
fs.copyFileSync('src/index.html', 'dist/index.html');
