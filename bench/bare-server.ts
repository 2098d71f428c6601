import Database from 'better-sqlite3';
import Fastify from 'fastify';

/**
 * What the register is measured against: Fastify and better-sqlite3 with nothing between them. It hands out
 * JSON texts that were made beforehand. Arguments: file, port.
 */
const [file = '', port = ''] = process.argv.slice(2);
const db = new Database(file, { readonly: true });
const byId = db.prepare('SELECT json FROM claims WHERE id = ?').pluck();
const bySubject = db
  .prepare('SELECT json FROM claims WHERE subject = ? AND predicate = ? ORDER BY id LIMIT 50')
  .pluck();
const byParty = db
  .prepare(
    'SELECT json FROM said JOIN claims ON claims.id = said.id WHERE party = ? AND stance = ? ORDER BY said.id LIMIT 50',
  )
  .pluck();

interface Ask {
  Params: { id: string };
  Querystring: { subject: string; predicate: string; party?: string; stance: string };
}

const app = Fastify();
app.get('/livez', async () => ({ status: 'ok' }));
app.get<Ask>('/claims/:id', (request, reply) => {
  reply.type('application/json').send(byId.get(request.params.id));
});
app.get<Ask>('/claims', (request, reply) => {
  const { subject, predicate, party, stance } = request.query;
  const rows = party === undefined ? bySubject.all(subject, predicate) : byParty.all(party, stance);
  reply.type('application/json').send(`{"items":[${rows.join(',')}]}`);
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
