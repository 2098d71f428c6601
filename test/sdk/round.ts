/**
 * What every generated client must do, in whatever language: a program is called with the address of the register,
 * a key, and a prefix for the keys of its objects, and prints what it read through the generated types as one line
 * of JSON. What it must have read stands here, taken by plain requests.
 */

// biome-ignore lint/suspicious/noExplicitAny: whatever the answer holds
type Json = any;

const get = async (url: string): Promise<Response> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
};
const read = async (url: string): Promise<Json> => (await get(url)).json();

/** Ids of all claims, by following the cursors. */
async function allClaims(base: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Json = await read(`${base}/v1/claims?limit=50${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.items.map((claim: Json) => claim.id));
    cursor = page.next_cursor;
  }
  return ids;
}

/** The report of a whole round on a register that holds so many claims before it. */
export async function expectedRound(base: string, prefix: string): Promise<Json> {
  const claims = (await allClaims(base)).length + 1;
  const conflict = (await read(`${base}/v1/conflicts?kind=contradiction&limit=1`)).items[0];
  return {
    // POST /v1/batch: two parties.
    batch: [201, 201],
    // POST /v1/claims with two attributions, the first of which relays the second.
    created: { key: `${prefix}-claim`, attributions: 2, party: 'Outlet', upper: '6500', relays: true },
    // GET /v1/claims/{id}
    read: 'The group has up to 6,500 fighters.',
    // GET /v1/claims, to the end.
    listed: claims,
    // PATCH /v1/claims/{id} with If-Match.
    patched: { version: 2, type: 'text', text: 'several thousand' },
    // Problems: code, and the place of the first fault.
    missing: { status: 404, code: 'not_found' },
    stale: { status: 412, code: 'precondition_failed' },
    invalid: { status: 422, code: 'invalid_body', pointer: '/subject' },
    // GET /v1/claims/{id}/standing
    standing: { support: 'single_origin', min: 1, max: 1 },
    // GET /v1/conflicts
    conflict: { kind: conflict.kind, claim: conflict.sides[0].claim.key },
    // GET /v1/claims/{id}/history, the newest first.
    history: ['update', 'create'],
    // Lines of GET /v1/claims.csv, without the header.
    exported: claims,
    // DELETE with If-Match, then GET.
    gone: { status: 410, version: 3 },
  };
}

/** Requests that a round sends, by what the register answers: seen on the wire, so that no program skips one. */
export const requestsOfRound = [
  /^POST \/v1\/batch 200$/,
  /^POST \/v1\/claims 201$/,
  /^GET \/v1\/claims\/[\w-]+ 200$/,
  /^GET \/v1\/claims\?(.*&)?cursor=\S+ 200$/,
  /^PATCH \/v1\/claims\/[\w-]+ 200$/,
  /^GET \/v1\/claims\/[\w-]+ 404$/,
  /^PATCH \/v1\/claims\/[\w-]+ 412$/,
  /^POST \/v1\/claims 422$/,
  /^GET \/v1\/claims\/[\w-]+\/standing 200$/,
  /^GET \/v1\/conflicts\S* 200$/,
  /^GET \/v1\/claims\/[\w-]+\/history\S* 200$/,
  /^GET \/v1\/claims\.csv\S* 200$/,
  /^DELETE \/v1\/claims\/[\w-]+ 204$/,
  /^GET \/v1\/claims\/[\w-]+ 410$/,
];

/** The report of a program that only reads, for answers with values and members that its client does not know. */
export async function expectedReading(base: string): Promise<Json> {
  const id = 'ttp-leader-family-stipend';
  const claim = await read(`${base}/v1/claims/${id}`);
  const conflict = (await read(`${base}/v1/conflicts?limit=1`)).items[0];
  const changes = (await read(`${base}/v1/changes?limit=200`)).items;
  return {
    listed: (await read(`${base}/v1/claims?limit=50`)).items.length,
    kind: claim.kind,
    stances: claim.attributions.map((attribution: Json) => attribution.stance),
    support: (await read(`${base}/v1/claims/${id}/standing`)).standing.support,
    conflict: conflict.kind,
    history: (await read(`${base}/v1/claims/${id}/history`)).items.map((version: Json) => version.operation),
    version: (await read(`${base}/v1/claims/${id}/history/1`)).object.kind,
    input: (await read(`${base}/v1/claims/${id}/input`)).kind,
    changes: changes.map((change: Json) => change.operation),
  };
}
