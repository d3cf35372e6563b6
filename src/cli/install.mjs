/**
 * Installs the packages when they are missing, then runs the given arguments with the Node that they bring, so that one
 * command works on a fresh clone. Plain JavaScript: it runs on any Node. A shell that has just looked up `node` may remember
 * where it was, so what comes next is started from here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isWindows = process.platform === 'win32';

if (!existsSync(new URL('../../node_modules/.package-lock.json', import.meta.url))) {
  process.stderr.write('Installing packages (once, about half a minute) …\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: isWindows,
  });
  if (status !== 0) {
    process.stderr.write('Installing failed. Run `npm ci` to see why, then try again.\n');
    process.exit(1);
  }
}

const own = fileURLToPath(new URL(`../../node_modules/.bin/node${isWindows ? '.cmd' : ''}`, import.meta.url));
const node = existsSync(own) ? own : process.execPath;
const found = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8', shell: isWindows }).stdout?.trim() ?? '';
if (!(Number(found.split('.')[0]) >= 24)) {
  process.stderr.write(
    `Steward runs on Node 24 or newer; found ${found || process.versions.node}. ` +
      'The package "node" brings it, unless install scripts were skipped: run `npm rebuild node` and try again.\n',
  );
  process.exit(1);
}

const args = process.argv.slice(2);
if (args.length > 0) {
  const child = spawn(node, args, { stdio: 'inherit', shell: isWindows });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
}
