import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A generator of clients, and what its round needs. The folder of the same name holds the program of the round. */
export interface Generator {
  name: string;
  language: 'typescript' | 'python' | 'go' | 'java' | 'rust';
  /** Programs that must be on the path. */
  needs: string[];
  /** Shell commands, run in the work folder: bring the generator, compile the round, run it. */
  prepare?: string;
  compile: string;
  round: string;
}

export const generators: Generator[] = [
  {
    name: 'openapi-fetch',
    language: 'typescript',
    needs: ['node'],
    compile: 'npx tsc -p .',
    round: 'node out/round.js',
  },
  {
    name: 'hey-api',
    language: 'typescript',
    needs: ['node'],
    prepare: 'npm ci --silent --no-audit --no-fund',
    compile: 'npx tsc -p .',
    round: 'node out/round.js',
  },
  {
    name: 'openapi-python-client',
    language: 'python',
    needs: ['python3'],
    prepare: 'python3 -m venv .venv && pip install -q --disable-pip-version-check -r requirements.txt',
    compile: 'python -m compileall -q attested round.py && ruff check -q --select F attested round.py',
    round: 'python round.py',
  },
  {
    name: 'openapi-generator-python',
    language: 'python',
    needs: ['python3'],
    prepare: 'python3 -m venv .venv && pip install -q --disable-pip-version-check -r requirements.txt',
    compile:
      'python -m compileall -q attested/attested round.py && ruff check -q --select F821,F822,F823 attested/attested round.py',
    round: 'python round.py',
  },
  {
    name: 'oapi-codegen',
    language: 'go',
    needs: ['go'],
    compile: 'go build -o round .',
    round: './round',
  },
  {
    name: 'ogen',
    language: 'go',
    needs: ['go'],
    compile: 'go build -o round .',
    round: './round',
  },
  {
    name: 'openapi-generator-java',
    language: 'java',
    needs: ['python3', 'java', 'javac', 'mvn'],
    prepare: 'python3 -m venv .venv',
    compile:
      'mvn -q -B -f attested/pom.xml -Dmaven.test.skip=true -Dmaven.javadoc.skip=true package dependency:copy-dependencies' +
      " && javac -cp 'attested/target/*:attested/target/dependency/*' -d out Round.java",
    round: "java -cp 'out:attested/target/*:attested/target/dependency/*' Round",
  },
  {
    name: 'progenitor',
    language: 'rust',
    needs: ['cargo'],
    compile: 'cargo build -q',
    round: 'target/debug/round',
  },
];

export interface Recipe {
  /** The commands that a user runs. */
  commands: string;
  document: '3.1' | '3.0';
  version: string;
}

const page = fileURLToPath(new URL('../../docs/generated-clients.md', import.meta.url));

/** What the page tells users to run: the first block of commands under the heading that names the generator. */
export function recipeOf({ name }: Generator): Recipe {
  const section = readFileSync(page, 'utf8')
    .split(/^### /m)
    .find((text) => text.startsWith(`${name}\n`));
  const commands = /```sh\n([\s\S]*?)```/.exec(section ?? '')?.[1];
  if (!commands) throw new Error(`docs/generated-clients.md has no commands under the heading "${name}".`);
  const version = /(?:@v?|==)(\d+\.\d+\.\d+)/.exec(commands)?.[1];
  if (!version) throw new Error(`docs/generated-clients.md pins no version of ${name}.`);
  return { commands, version, document: commands.includes('openapi-3.0.json') ? '3.0' : '3.1' };
}
