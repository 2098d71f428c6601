import Database from 'better-sqlite3';
import Fastify from 'fastify';

/**
 * What the register is measured against: Fastify and better-sqlite3 with nothing between them. It hands out
 * JSON texts that were made beforehand. Arguments: file, port.
 */
const [file = '', port = ''] = process.argv.slice(2);
const db = new Database(file, { readonly: true });
const item = (column: string) => db.prepare(`SELECT item FROM claims WHERE ${column} = ?`).pluck();
const [byId, byKey] = [item('id'), item('key')];
const page = (text: string, from: string) => db.prepare(`SELECT ${text} FROM ${from} LIMIT 50`).pluck();
const lists = (text: string) => ({
  all: page(text, 'claims ORDER BY id'),
  bySubject: page(text, 'claims WHERE subject = ? AND predicate = ? ORDER BY id'),
  byParty: page(text, 'said JOIN claims USING (id) WHERE party = ? AND stance = ? ORDER BY said.id'),
});
const [short, long] = [lists('short'), lists('long')];

interface Ask {
  Params: { reference: string };
  Querystring: { subject?: string; predicate?: string; party?: string; stance?: string; include?: string };
}

const app = Fastify();
app.get('/livez', async () => ({ status: 'ok' }));
app.get<Ask>('/claims/:reference', (request, reply) => {
  const { reference } = request.params;
  reply.type('application/json').send((reference.startsWith('claim_') ? byId : byKey).get(reference));
});
app.get<Ask>('/claims', (request, reply) => {
  const { subject, predicate, party, stance, include } = request.query;
  const { all, bySubject, byParty } = include === undefined ? short : long;
  let rows = all.all.bind(all);
  if (party !== undefined) rows = () => byParty.all(party, stance);
  else if (subject !== undefined) rows = () => bySubject.all(subject, predicate);
  reply.type('application/json').send(`{"items":[${rows().join(',')}]}`);
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
