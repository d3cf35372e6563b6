/** Installs the packages when they are missing, so that one command works on a fresh clone. Plain JavaScript: it runs on any Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

if (!existsSync(new URL('../../node_modules/.package-lock.json', import.meta.url))) {
  process.stderr.write('Installing packages (once, about half a minute) …\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('Installing failed. Run `npm ci` to see why, then try again.\n');
    process.exit(1);
  }
}

const { version } = process.versions.node ? await nodeInBin() : { version: null };
if (!version || Number(version.split('.')[0]) < 24) {
  process.stderr.write(
    `Steward runs on Node 24 or newer; found ${version ?? process.versions.node}. ` +
      'The package "node" brings it, unless install scripts were skipped: run `npm rebuild node` and try again.\n',
  );
  process.exit(1);
}

/** The version of the Node that npm scripts use: the one in node_modules/.bin when it is there. */
async function nodeInBin() {
  const { stdout } = spawnSync('node', ['-p', 'process.versions.node'], { cwd: root, encoding: 'utf8' });
  return { version: stdout?.trim() || null };
}
