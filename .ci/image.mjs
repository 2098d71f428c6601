import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does in folders what the Dockerfile says, since there may be no engine: builds both stages from the files
 * that .dockerignore lets in, then serves as a user without rights, checks health, writes, ends and starts again.
 *
 * node .ci/image.mjs <empty folder>
 */

const work = resolve(process.argv[2]);
const root = process.getuid() === 0;
const nobody = root ? { uid: 65_534, gid: 65_534 } : {};

function check(condition, message) {
  if (!condition) throw new Error(message);
}

const copy = (from, to) => execFileSync('cp', ['-a', from, to]);

/** The build context: .dockerignore shuts all out and lets some in. */
function contextIn(folder) {
  mkdirSync(folder);
  const [first, ...names] = readFileSync('.dockerignore', 'utf8').trim().split('\n');
  check(
    first === '*' && names.every((name) => /^![\w.-]+$/.test(name)),
    '.dockerignore: lines that are not read here',
  );
  for (const name of names) copy(name.slice(1), folder);
  return folder;
}

/** Carries out the instructions; gives the folder of the last stage and how it is run. */
function build(context) {
  const stages = new Map();
  let stage;
  for (const line of readFileSync('Dockerfile', 'utf8').split('\n')) {
    const [, instruction, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (!instruction) {
      check(line === '' || line.startsWith('#'), `Dockerfile: a line that is not read here: ${line}`);
      continue;
    }
    console.log(`-- ${line}`);
    const words = rest.split(' ');
    if (instruction === 'FROM') {
      stage = { folder: join(work, `stage-${stages.size}`), env: {}, directory: '/' };
      mkdirSync(stage.folder);
      stages.set(words[2] ?? 'last', stage);
      continue;
    }
    const here = (path) => join(stage.folder, path.startsWith('/') ? path : join(stage.directory, path));
    if (instruction === 'WORKDIR') {
      stage.directory = rest;
      mkdirSync(here('.'), { recursive: true });
    } else if (instruction === 'ENV') {
      for (const word of words) stage.env[word.split('=', 1)[0]] = word.slice(word.indexOf('=') + 1);
    } else if (instruction === 'COPY') {
      const from = words[0].startsWith('--from=') ? stages.get(words.shift().slice(7)).folder : context;
      const target = here(words.pop());
      for (const name of words) copy(join(from, name), target);
    } else if (instruction === 'RUN') {
      const command = rest.replaceAll(' /data', ` ${here('/data')}`).replaceAll('node:node', '65534:65534');
      const env = { ...process.env, ...stage.env };
      // The headers of Node stand where this Node keeps them; without any, the build looks for them itself.
      const prefix = resolve(process.execPath, '../..');
      if (existsSync(join(prefix, 'include/node/node.h'))) env.npm_config_nodedir = prefix;
      else delete env.npm_config_nodedir;
      // What a run has compiled already need not be compiled again.
      if (env.npm_config_better_sqlite3_local_prebuilds) delete env.npm_config_build_from_source;
      execFileSync('sh', ['-c', command], { cwd: here('.'), env, stdio: 'inherit' });
    } else if (instruction === 'HEALTHCHECK') {
      stage.health = JSON.parse(rest.replace(/^.*? CMD /, ''));
    } else if (instruction === 'CMD') {
      stage.command = JSON.parse(rest);
    } else if (instruction === 'USER') {
      stage.user = rest;
    }
  }
  return stages.get('last');
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const { folder, directory, env, health, command, user } = build(contextIn(join(work, 'context')));
check(user && user !== 'root', 'the image runs as root');
const cwd = join(folder, directory);
check(!existsSync(join(cwd, 'node_modules/typescript')), 'development packages are in the image');
console.log(`in the image: ${readdirSync(cwd).join(' ')}`);

const port = await freePort();
const options = {
  cwd,
  ...nobody,
  env: {
    PATH: process.env.PATH,
    ...env,
    ATTESTED_HOST: '127.0.0.1',
    ATTESTED_READS: 'keyed',
    ATTESTED_PORT: String(port),
    ATTESTED_DATABASE_URL: env.ATTESTED_DATABASE_URL.replace('/data', join(folder, 'data')),
  },
};

/** Runs a command in the image; gives its exit code and what it wrote. */
function run([program, ...args]) {
  return new Promise((done) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.on('close', (code) => done({ code, output: output.trim() }));
  });
}

const { output: key } = await run(['node', 'dist/cli.js', 'keys', 'create', '--name', 'ci']);
check((await run(health)).code === 1, 'it is healthy before it serves');

// Created in the first round, found in the second.
for (const expected of [201, 200]) {
  const server = spawn(command[0], command.slice(1), { ...options, stdio: 'inherit' });
  process.once('exit', () => server.kill('SIGKILL'));
  const ended = new Promise((done) => server.once('exit', done));
  for (let tries = 0; (await run(health)).code !== 0; tries += 1) {
    check(tries < 60 && server.exitCode === null, 'it does not become healthy');
    await sleep(300);
  }
  if (root) {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    check(/^Uid:\t65534\t65534\t/m.test(status), 'it does not run as the user without rights');
  }
  const url = `http://127.0.0.1:${port}/v1/parties/kept`;
  check((await fetch(url)).status === 401, 'it lets anyone read');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'other', name: 'Kept' });
  const { status } = await fetch(url, { method: 'PUT', headers, body });
  check(status === expected, `a write gave ${status} instead of ${expected}`);
  server.kill('SIGTERM');
  const code = await ended;
  check(code === 0, `it ended with ${code}`);
}
const seeded = await run(['node', 'dist/cli.js', 'seed']);
check(/^\d{3} created/.test(seeded.output), 'the sample register is not in the image');
console.log('the image builds, serves, keeps its data and ends');
