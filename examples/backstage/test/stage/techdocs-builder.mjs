// MkDocs with Backstage's plugin, in a folder of its own: installed by the first test that needs it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HOME = fileURLToPath(new URL('../..', import.meta.url));
const REQUIREMENTS = path.join(HOME, 'techdocs-requirements.txt');
const FOLDER = path.join(HOME, '.techdocs-venv');

/**
 * Sees to it that there is an MkDocs.
 *
 * @returns the folder of its program, or why there is none
 */
export async function techdocsBuilder() {
  const wanted = createHash('sha256').update(fs.readFileSync(REQUIREMENTS)).digest('hex');
  const stamp = path.join(FOLDER, 'installed');
  const programs = path.join(FOLDER, 'bin');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return { programs };
  try {
    fs.rmSync(FOLDER, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', FOLDER]);
    await run(path.join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS], { timeout: 240_000 });
  } catch (error) {
    return { reason: `MkDocs cannot be installed from the Python package index: ${(error.stderr || error.message).trim().split('\n').at(-1)}` };
  }
  fs.writeFileSync(stamp, wanted);
  return { programs };
}
