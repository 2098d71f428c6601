import { z } from 'zod';
import { Attribution } from '../../attributions/attributions.schemas.js';
import { Claim } from '../../claims/claims.schemas.js';
import { Party } from '../../parties/parties.schemas.js';
import { Source } from '../../sources/sources.schemas.js';
import { edgeKinds } from './edge-kinds.js';

const text = z.string().nullable();
const name = {
  id: z
    .string()
    .meta({ description: 'Id of the object; of a quote, `quote:` and the id of its attribution.' }),
  label: z.string().meta({ description: 'How the node is called: in full, however long.' }),
};
const noun = { ...name, key: text };
const said = Attribution.shape;

const ClaimNode = z
  .strictObject({
    ...noun,
    kind: z.literal('claim'),
    claim_kind: Claim.shape.kind,
    occurred: Claim.shape.occurred,
  })
  .meta({ id: 'ProvenanceClaim' });

const AttributionNode = z
  .strictObject({
    ...noun,
    kind: z.literal('attribution'),
    stance: said.stance,
    manner: said.manner,
    basis: said.basis,
    lineage: said.lineage,
    uncertain: z.boolean().meta({
      description: 'The chain ends here: nothing says where this party knows it from.',
    }),
    taken_back: z.boolean().meta({
      description: 'Its party retracted it, or its source was withdrawn: it no longer counts.',
    }),
    retracted_by: text.meta({ description: 'Id of the attribution that takes it back.' }),
    said: said.said,
    said_from: said.said_from,
    said_to: said.said_to,
    said_as_stated: said.said_as_stated,
    party_as_stated: said.party_as_stated,
    source_access: said.source_access,
  })
  .meta({ id: 'ProvenanceAttribution' });

const PartyNode = z
  .strictObject({
    ...noun,
    kind: z.literal('party'),
    party_kind: text.meta({ description: 'Null where only the name was looked up, as for distant parents.' }),
    unnamed: z.boolean(),
    count: Party.shape.count,
    independent_voice: z.boolean(),
  })
  .meta({ id: 'ProvenanceParty' });

const SourceNode = z
  .strictObject({
    ...noun,
    kind: z.literal('source'),
    source_type: text.meta({ description: 'Null where only the title was looked up.' }),
    title: z.string(),
    publisher: Source.shape.publisher,
    published: Source.shape.published,
    reporting_period: Source.shape.reporting_period,
    url: text,
    status: Source.shape.status,
    status_date: Source.shape.status_date,
  })
  .meta({ id: 'ProvenanceSource' });

const QuoteNode = z
  .strictObject({ ...name, kind: z.literal('quote'), prefix: text, suffix: text })
  .meta({ id: 'ProvenanceQuote' });

export const ProvenanceNode = z
  .discriminatedUnion('kind', [ClaimNode, AttributionNode, PartyNode, SourceNode, QuoteNode])
  .meta({ id: 'ProvenanceNode' });
export type ProvenanceNode = z.infer<typeof ProvenanceNode>;
export type NodeOf<Kind extends ProvenanceNode['kind']> = Extract<ProvenanceNode, { kind: Kind }>;

export const ProvenanceEdge = z
  .strictObject({
    from: z.string().meta({ description: 'Id of a node.' }),
    to: z.string().meta({ description: 'Id of a node.' }),
    kind: z.enum(edgeKinds).meta({ description: 'Expect new values.' }),
    label: text.meta({
      description:
        'Of relays and in_reply_to the date (EDTF) of the words, or else of their source; of stands_in where.',
    }),
    inferred: z.boolean().meta({
      description: 'Nobody recorded this relay: the source draws on one in which the claim is attributed.',
    }),
  })
  .meta({ id: 'ProvenanceEdge' });
export type ProvenanceEdge = z.infer<typeof ProvenanceEdge>;

export const ProvenanceGraph = z
  .strictObject({
    nodes: z.array(ProvenanceNode).meta({
      description: 'The claim, its attributions, parties, sources and quotes, each kind in the order of ids.',
    }),
    edges: z.array(ProvenanceEdge),
    undated: z.int().optional().meta({
      description: 'With `known_by` only: attributions left out because they have no date.',
    }),
  })
  .meta({
    id: 'ProvenanceGraph',
    description: 'Who says a claim, from the outlets back to the first known voices.',
  });
export type ProvenanceGraph = z.infer<typeof ProvenanceGraph>;
