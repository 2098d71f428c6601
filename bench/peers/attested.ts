import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, run, startRegister } from '../processes.js';
import { claimLines, writeLines } from '../register.js';
import { claimLine, groundLines } from '../sample.js';
import type { Open } from './peer.js';

export const openAttested: Open = async (folder, claims) => {
  const cli = build();
  const file = join(folder, 'attested.db');
  const settings = { ATTESTED_DATABASE_URL: `file:${file}` };
  const lines = join(folder, 'lines', '/');
  mkdirSync(lines);
  await writeLines(`${lines}1-ground.ndjson`, groundLines(claims));
  await writeLines(`${lines}2-claims.ndjson`, claimLines(0, claims, claims));
  run(cli, ['seed', lines], settings);
  const key = run(cli, ['keys', 'create', '--name', 'bench'], settings).trim();
  return {
    name: 'Attested',
    server: await startRegister(cli, file),
    file,
    health: '/livez',
    item: (number) => [`/v1/claims/claim-${number}`],
    page: '/v1/claims',
    expanded: '/v1/claims?include=attributions',
    create: (number) => ({
      path: '/v1/claims',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify((JSON.parse(claimLine(number, claims)) as { claim: object }).claim),
    }),
  };
};
