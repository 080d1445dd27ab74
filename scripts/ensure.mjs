import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusive.mjs';
import { root, runNode, scriptOf } from './run-program.mjs';

const nodeWanted = [20, 19];
const lockFile = path.join(root, 'var', 'prepare.lock');
const installStamp = path.join(root, 'node_modules', '.picketfence-stamp');
const buildStamp = path.join(root, 'dist', '.stamp');

/** Makes sure that what package-lock.json names is installed; costs milliseconds when it is. */
export async function ensureDependencies() {
  refuseOldNode();
  if (isInstalled()) return;
  await exclusively(lockFile, async () => {
    if (!isInstalled()) await install();
  });
}

/** Dependencies, and the program compiled from the sources as they are now. */
export async function ensure() {
  await ensureDependencies();
  if (isBuilt()) return;
  await exclusively(lockFile, async () => {
    if (!isBuilt()) await build();
  });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > nodeWanted[0] || (major === nodeWanted[0] && minor >= nodeWanted[1])) return;
  fail(`picketfence needs Node ${nodeWanted.join('.')} or newer; this is ${process.versions.node}.`);
}

function isInstalled() {
  const wanted = installState();
  const found = existsSync(installStamp) ? readFileSync(installStamp, 'utf8') : undefined;
  if (found === wanted) return true;
  const sameNode = found === undefined || found.split(' ')[1] === wanted.split(' ')[1];
  if (!sameNode || !isInstalledByHand()) return false;
  writeFileSync(installStamp, wanted);
  return true;
}

function installState() {
  const lock = hashOf([path.join(root, 'package-lock.json')]);
  return `${lock} ${process.version}-${process.platform}-${process.arch}`;
}

/** What npm noted down when it last installed says the same as package-lock.json. */
function isInstalledByHand() {
  const noted = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([name, { version, optional, peer, link }]) => {
    const found = installed[name];
    if (found === undefined) return name === '' || optional || peer || link;
    return found.version === version;
  });
}

async function install() {
  console.log('Installing what package-lock.json names (once; about a minute) ...');
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--prefer-offline'];
  const first = await npm(['ci', ...flags]);
  const lockIsShort = first.said.includes('EUSAGE');
  if (first.code !== 0 && !lockIsShort) fail(`npm ci failed:\n${first.said}`);
  if (first.code !== 0) {
    console.log(
      'package-lock.json lacks packages that npm ci insists on; installing by package.json instead.',
    );
    const second = await npm(['install', '--no-save', ...flags]);
    if (second.code !== 0) fail(`npm install failed:\n${second.said}`);
  }
  writeFileSync(installStamp, installState());
}

/** npm is called the way it was called to start us; what it says on stderr is kept for when it fails. */
async function npm(args) {
  const script = process.env.npm_execpath;
  const named = script && /npm-cli\.c?js$/.test(script);
  const [program, first] = named ? [process.execPath, [script]] : ['npm', []];
  const child = spawn(program, [...first, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'pipe'],
    shell: !named && process.platform === 'win32', // npm.cmd runs in a shell only.
  });
  let said = '';
  child.stderr.on('data', (bytes) => (said += bytes));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => fail(`npm cannot be run: ${error.message}`));
    child.once('close', (status) => resolve(status ?? 1));
  });
  return { code, said };
}

function isBuilt() {
  return existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sourceHash();
}

async function build() {
  console.log('Compiling ...');
  const hash = sourceHash();
  rmSync(path.join(root, 'dist'), { recursive: true, force: true }); // A migration that was renamed must not stay.
  const code = await runNode([scriptOf('typescript', 'tsc'), '-p', 'tsconfig.build.json']);
  if (code !== 0) fail('The sources do not compile; see above.');
  writeFileSync(buildStamp, hash);
}

function sourceHash() {
  const folders = ['src', 'migrations', 'bench'].flatMap((folder) => filesBelow(path.join(root, folder)));
  const settings = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  return hashOf([
    ...folders.filter((file) => !file.endsWith('.test.ts')),
    ...settings.map((name) => path.join(root, name)),
  ]);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  });
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function fail(sentence) {
  console.error(`picketfence: ${sentence}`);
  process.exit(1);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await ensure();
