// Builds the console's assets into <outDir>/assets. Usage: node build.mjs <outDir>
//
// Nothing is downloaded but by `npm ci` from the lock file, and nothing is built when no input
// changed: Maven calls this on every run.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = resolve(process.argv[2] ?? join(here, '../../../target/classes/static'));
const assets = join(outDir, 'assets');
const modules = join(here, 'node_modules');
const installed = join(modules, '.waymark-lock');
// Beside the classes, not among them: the stamp is no asset.
const stampFile = resolve(outDir, '../../console-assets.stamp');

const digest = (...parts) => parts.reduce((h, part) => h.update(part).update('\0'), createHash('sha256')).digest('hex');

async function sources(folder = here) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await sources(path)));
    else found.push(path);
  }
  return found.sort();
}

async function textOf(path) {
  return existsSync(path) ? readFile(path, 'utf8') : '';
}

async function fingerprint() {
  const parts = [];
  for (const path of await sources()) parts.push(relative(here, path), await readFile(path));
  return digest(...parts);
}

async function install() {
  const lock = digest(await readFile(join(here, 'package-lock.json')));
  if ((await textOf(installed)) === lock) return;
  console.log('npm ci');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) {
    console.error('npm ci failed. Node 20 or later with npm and access to an npm registry are needed to build the console.');
    process.exit(1);
  }
  await writeFile(installed, lock);
}

async function bundle() {
  const { build } = await import(pathToFileURL(join(modules, 'esbuild/lib/main.js')));
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { console: 'console.js', 'journey-canvas': 'islands/journey-canvas.js', 'journey-map': 'islands/journey-map.js', 'audience-builder': 'islands/audience-builder.js', 'journey-modeler': 'islands/journey-modeler.js', 'journey-diff': 'islands/journey-diff.js' },
    outdir: assets,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    loader: { '.svg': 'dataurl', '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.eot': 'file' },
    logLevel: 'warning',
    metafile: true,
  });
  await translated(metafile.outputs[relative(here, join(assets, 'journey-modeler.js'))].inputs);
}

/** The modeler speaks Chinese: a text of it that has no translation fails the build. */
async function translated(inputs) {
  const known = JSON.parse(await readFile(join(here, 'modeler/zh.json'), 'utf8'));
  const missing = new Set();
  for (const input of Object.keys(inputs)) {
    if (!input.endsWith('.js') || !input.includes('node_modules')) continue;
    const source = await readFile(join(here, input), 'utf8');
    for (const [, , text] of source.matchAll(/\btranslate\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)) {
      const said = text.replace(/\\(['"`\\])/g, '$1');
      if (/^[A-Z]/.test(said) && !said.startsWith('HELLO') && !(said in known)) missing.add(`${said}  (${input})`);
    }
  }
  if (missing.size) {
    console.error(`Not translated in modeler/zh.json:\n  ${[...missing].sort().join('\n  ')}`);
    process.exit(1);
  }
}

/** One sprite of the icons the pages name; an icon that does not exist fails the build. */
async function icons() {
  const names = JSON.parse(await readFile(join(here, 'icons.json'), 'utf8'));
  const symbols = [];
  for (const name of names) {
    const svg = await readFile(join(modules, '@tabler/icons/icons/outline', `${name}.svg`), 'utf8');
    const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).trim();
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`);
  }
  await writeFile(
    join(assets, 'icons.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`,
  );
}

/** The licence texts of what is bundled go with it. */
async function licences() {
  const lock = JSON.parse(await readFile(join(here, 'package-lock.json'), 'utf8'));
  const texts = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path || entry.dev || entry.optional || !existsSync(join(here, path))) continue;
    const file = (await readdir(join(here, path))).find((name) => /^licen[cs]e/i.test(name));
    const title = `${path.slice(path.lastIndexOf('node_modules/') + 13)} ${entry.version} (${entry.license ?? 'see text'})`;
    texts.push(`${title}\n${'-'.repeat(title.length)}\n${file ? await readFile(join(here, path, file), 'utf8') : ''}`);
  }
  await writeFile(join(assets, 'licences.txt'), texts.join('\n\n'));
}

const wanted = await fingerprint();
if ((await textOf(stampFile)) === wanted && existsSync(join(assets, 'console.js'))) process.exit(0);

await install();
await rm(assets, { recursive: true, force: true });
await mkdir(assets, { recursive: true });
await bundle();
await icons();
await licences();
await cp(join(here, 'marks'), assets, { recursive: true });
await mkdir(dirname(stampFile), { recursive: true });
await writeFile(stampFile, wanted);
console.log(`console assets built into ${relative(process.cwd(), assets) || assets}`);
