import { z } from 'zod';
import { type App, operation } from '../openapi/operation.js';
import { sendText } from '../request/conditional.js';
import { ifNoneMatchTag } from '../schemas/parameters.js';
import { sampleKeys } from '../schemas/sample-keys.js';

const Overview = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          address: z.string().meta({ description: 'Where it is; `{id}` is an id or a key.' }),
          what: z.string().meta({ description: 'What is there.' }),
          example: z.string().meta({ description: 'A request that works on the sample register.' }),
        })
        .meta({ id: 'OverviewItem', description: 'One thing that the API has.' }),
    ),
  })
  .meta({ id: 'Overview', description: 'What the API has, with a worked address each.' });

const claim = `/v1/claims/${sampleKeys.claim}`;
const report = `/v1/sources/${sampleKeys.source}`;

/** A list as `.csv` and `.ndjson`, and what each noun has below `{id}`, stand here once, for claims. */
const items: [address: string, what: string, example: string][] = [
  ['/v1/claims', 'claims, with their standing', '/v1/claims?subject=ttp&predicate=fighter-strength&limit=2'],
  ['/v1/claims.csv', 'any list as a table; .ndjson too', '/v1/claims.csv?fields=key,text,denied_by&limit=5'],
  ['/v1/claims.bib', 'the sources behind claims; .ris, .csl.json too', '/v1/claims.bib?subject=ttp'],
  ['/v1/claims/{id}', 'one claim, with who says it; any object', claim],
  ['/v1/claims/{id}/input', 'what PUT takes back, of any object', `${claim}/input`],
  ['/v1/claims/{id}/history', 'every version of any object: who changed what', `${claim}/history`],
  ['/v1/claims/{id}/history/{version}', 'one version of any object, whole', `${claim}/history/1`],
  ['/v1/claims/{id}/merges', 'what was merged into any claim, source or party', `${claim}/merges`],
  ['/v1/claims/{id}/attributions', 'who says it, however many they are', `${claim}/attributions?limit=2`],
  ['/v1/claims/{id}/standing', 'from how many origins it comes, explained', `${claim}/standing`],
  ['/v1/claims/{id}/timeline', 'what was said when; .csv, .svg too', `${claim}/timeline.csv`],
  ['/v1/claims/{id}/provenance', 'the chain; .svg, .dot, .mermaid too', `${claim}/provenance.mermaid`],
  ['/v1/claims/{id}/conflicts', 'what stands against it', '/v1/claims/ttp-strength-10000/conflicts'],
  ['/v1/claims/{id}/attribution-sentence', 'a footnote; .txt too', `${claim}/attribution-sentence.txt`],
  ['/v1/claims/{id}/relations', 'what it is to other claims', `${claim}/relations`],
  ['/v1/claims/{id}/assessments', 'how analysts judge it', `${claim}/assessments`],
  ['/v1/attributions', 'who says what, where, when, through whom', '/v1/attributions?stance=denies&limit=2'],
  [
    '/v1/claims/{id}/claimreview.jsonld',
    'assessments as ClaimReview of schema.org',
    `${claim}/claimreview.jsonld`,
  ],
  ['/v1/sources', 'documents; .bib, .ris, .csl.json too', '/v1/sources.bib?type=report'],
  ['/v1/sources/{id}/citation', 'one as CSL-JSON; .bib, .ris, .txt too', `${report}/citation.txt`],
  [
    '/v1/sources/{id}/dependents',
    'what loses support with it; also of parties and attributions',
    `${report}/dependents?limit=2`,
  ],
  ['/v1/parties', 'who says, denies, or is spoken about', '/v1/parties?name=masoud'],
  ['/v1/parties/match', 'which parties a name may mean', '/v1/parties/match?name=Nur%20Wali%20Masood'],
  ['/v1/predicates', 'the vocabulary of claims', '/v1/predicates?limit=3'],
  ['/v1/relations', 'claim to claim, as people judged', '/v1/relations?limit=3'],
  ['/v1/assessments', "analysts' judgements of claims", '/v1/assessments?limit=3'],
  ['/v1/merges', 'which objects became one', '/v1/merges?noun=party'],
  ['/v1/duplicates', 'pairs that are likely the same', '/v1/duplicates?noun=party'],
  ['/v1/judgements', 'which pairs are the same, as people judged', '/v1/judgements?judgement=same'],
  [
    '/v1/search',
    'all that has certain words, the best first',
    '/v1/search?q=stipend%20-airport&facets=party',
  ],
  ['/v1/suggest', 'what may be meant while somebody types', '/v1/suggest?q=haqq'],
  ['/reconcile', 'the Reconciliation API 0.2, for OpenRefine', '/reconcile'],
  ['/v1/conflicts', 'facts that give different values', '/v1/conflicts?kind=contradiction&limit=2'],
  [
    '/v1/estimates',
    'figures over time; .csv, .svg too',
    '/v1/estimates.csv?subject=ttp&predicate=fighter-strength',
  ],
  ['/v1/changes', 'the feed of all changes; .ndjson, .atom too', '/v1/changes?limit=2'],
  ['/v1/changes/stream', 'the feed as it grows (server-sent events)', '/v1/changes/stream?from=now'],
  ['/v1/me', 'your key and what it may do', '/v1/me'],
  ['/v1/keys', 'all keys, for those with the scope admin', '/v1/keys'],
];

/** What there is below `/v1`, for those who look around with curl. */
export function overviewRoutes(app: App): void {
  app.get('/v1', {
    ...operation({
      scope: 'read',
      cost: 'point',
      tag: 'Service',
      operationId: 'getOverview',
      summary: 'What the API has, with one worked address each',
      headers: z.object({ 'if-none-match': ifNoneMatchTag }),
      success: { 200: { description: 'Addresses.', schema: Overview } },
      problems: [],
    }),
    handler: async (request, reply) => {
      const list = items.map(([address, what, example]) => ({ address, what, example }));
      return sendText(request, reply, JSON.stringify({ items: list }), null);
    },
  });
}
