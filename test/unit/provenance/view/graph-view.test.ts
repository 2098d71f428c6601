import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../../src/provenance/view/graph-view.js';
import { ProvenanceGraph } from '../../../../src/provenance/view/graph-view.schemas.js';
import { type Sketch, sketch } from '../../rendering/input.js';

const stipend: Sketch = {
  claim: 'The family received a monthly stipend.',
  parties: {
    state: { name: 'One Member State', unnamed: true, count: { min: 1, max: 1 } },
    team: { name: 'Monitoring Team', part_of: 'un' },
    un: { name: 'United Nations', independent_voice: true },
  },
  sources: {
    article: { published: '2025-02-20', derived_from: ['report'], part_of: 'page' },
    report: { type: 'report', title: '35th report', published: '2025-02-06' },
  },
  attributions: {
    outlet: {
      party: 'Defence Talks',
      stance: 'reports',
      source: 'article',
      quote: '3 million',
      locator: { page: '2', paragraph: '4', section: null, timecode: null },
      relays: ['report'],
    },
    report: { party: 'team', stance: 'reports', source: 'report', said: '2025-02-07', relays: ['state'] },
    state: { party: 'state', speaker: 'Ambassador', lineage: 'originates' },
    denial: { party: 'Taliban', stance: 'denies', said: '2025-02-21', in_reply_to: 'outlet' },
  },
};

const graphOf = (input: Sketch) => {
  const graph = buildGraph(sketch(input));
  const node = (id: string) => graph.nodes.find((n) => n.id === id);
  const edges = (kind: string) =>
    graph.edges
      .filter((e) => e.kind === kind)
      .map(({ from, to, label, inferred }) => [from, to, label, inferred]);
  return { graph, node, edges };
};

describe('buildGraph', () => {
  it('the claim and each attribution, party, source and quote become a node', () => {
    const { graph, node } = graphOf(stipend);
    expect(graph.nodes.map(({ id }) => id)).toEqual([
      'claim_1',
      'attribution_denial',
      'attribution_outlet',
      'attribution_report',
      'attribution_state',
      'party_Ambassador',
      'party_Defence Talks',
      'party_Taliban',
      'party_state',
      'party_team',
      'party_un',
      'source_article',
      'source_page',
      'source_report',
      'quote:attribution_outlet',
    ]);
    expect(node('party_state')).toMatchObject({ kind: 'party', unnamed: true, count: { min: 1, max: 1 } });
    expect(node('party_un')).toMatchObject({ label: 'United Nations', independent_voice: true });
    expect(node('source_report')).toMatchObject({
      title: '35th report',
      published: '2025-02-06',
      source_type: 'report',
    });
    expect(node('quote:attribution_outlet')).toMatchObject({ kind: 'quote', label: '3 million' });
    expect(node('attribution_report')).toMatchObject({
      stance: 'reports',
      said: '2025-02-07',
      uncertain: false,
    });
  });

  it('links have the date of the words, or else of their source', () => {
    const { edges } = graphOf(stipend);
    expect(edges('relays')).toEqual([
      ['attribution_outlet', 'attribution_report', '2025-02-20', false],
      ['attribution_report', 'attribution_state', '2025-02-07', false],
    ]);
    expect(edges('in_reply_to')).toEqual([['attribution_denial', 'attribution_outlet', '2025-02-21', false]]);
    expect(edges('stands_in')).toEqual([
      ['attribution_outlet', 'source_article', 'p. 2, para. 4', false],
      ['attribution_report', 'source_report', null, false],
    ]);
    expect(edges('derived_from')).toEqual([['source_article', 'source_report', null, false]]);
    expect(edges('part_of')).toEqual([
      ['party_team', 'party_un', null, false],
      ['source_article', 'source_page', null, false],
    ]);
    expect(edges('spoken_by')).toEqual([['attribution_state', 'party_Ambassador', null, false]]);
    expect(edges('quotes')).toEqual([['attribution_outlet', 'quote:attribution_outlet', null, false]]);
    expect(edges('about')).toHaveLength(4);
    expect(edges('made_by')).toHaveLength(4);
  });

  it('names are kept whole, however long or odd', () => {
    const name = `<b>\u202E${'x'.repeat(5_000)}`;
    const { node } = graphOf({
      parties: { odd: { name } },
      attributions: { a: { party: 'odd', quote: name } },
    });
    expect(node('party_odd')?.label).toBe(name);
    expect(node('quote:attribution_a')?.label).toBe(name);
  });

  it('ends of unknown lineage are marked, unless their source draws on one that states the claim', () => {
    const { node, edges } = graphOf({
      sources: { wire: {}, copy: { derived_from: ['hub'] }, hub: { derived_from: ['wire'] } },
      attributions: {
        copy: { party: 'Paper', stance: 'reports', source: 'copy' },
        wire: { party: 'Agency', source: 'wire' },
        own: { party: 'Witness', lineage: 'originates' },
        denial: { party: 'Taliban', stance: 'denies' },
      },
    });
    const uncertain = (id: string) => (node(id) as { uncertain: boolean }).uncertain;
    expect(['copy', 'wire', 'own', 'denial'].map((id) => uncertain(`attribution_${id}`))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(edges('relays')).toEqual([['attribution_copy', 'attribution_wire', null, true]]);
  });

  it('an attribution that was taken back is marked, with the one that does it', () => {
    const { node } = graphOf({
      attributions: {
        said: { party: 'Paper', retracted_by: 'back' },
        other: { party: 'Rival' },
        back: { party: 'Paper', stance: 'retracts', in_reply_to: 'said' },
      },
    });
    expect(node('attribution_said')).toMatchObject({ taken_back: true, retracted_by: 'attribution_back' });
    expect(node('attribution_other')).toMatchObject({ taken_back: false, retracted_by: null });
  });

  it('an attribution about a whole source is linked to that source', () => {
    const { edges, node } = graphOf({
      attributions: {
        a: { party: 'Team', source: 'report' },
        b: { party: 'Kabul', stance: 'denies', about_source: 'report' },
      },
    });
    expect(edges('about')).toEqual([
      ['attribution_a', 'claim_1', null, false],
      ['attribution_b', 'source_report', null, false],
    ]);
    expect(node('attribution_b')).toMatchObject({ uncertain: false });
  });

  it('a party without details has its name, and a link into nothing is left out', () => {
    const input = sketch(stipend);
    const part = input.attributions.filter(({ id }) => id !== 'attribution_report');
    const graph = buildGraph({ ...input, attributions: part, parties: new Map(), sources: new Map() });
    expect(graph.nodes.find(({ id }) => id === 'party_state')).toMatchObject({
      label: 'One Member State',
      party_kind: null,
    });
    expect(graph.edges.filter(({ kind }) => kind === 'relays')).toEqual([]);
    expect(ProvenanceGraph.parse(graph)).toEqual(graph);
  });

  it('a random graph fits its schema, has no dangling link and does not depend on the order of rows', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const some = (values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
    const attribution = fc.record({
      party: fc.constantFrom('P', 'Q', 'R'),
      stance: fc.constantFrom('asserts', 'reports', 'denies', 'retracts'),
      source: fc.constantFrom('S', 'T'),
      lineage: fc.constantFrom('originates', 'relays', 'unknown'),
      relays: some(names),
      in_reply_to: fc.constantFrom(...names),
    });
    const sketches = fc.record({
      sources: fc.record({
        S: fc.record({ derived_from: some(['T', 'U']) }),
        T: fc.record({ derived_from: some(['S', 'U']) }),
      }),
      attributions: fc.record(Object.fromEntries(names.map((name) => [name, attribution]))),
    });
    fc.assert(
      fc.property(sketches as fc.Arbitrary<Sketch>, fc.nat(), (drawn, turn) => {
        const input = sketch(drawn);
        const graph = buildGraph(input);
        expect(ProvenanceGraph.parse(graph)).toEqual(graph);
        const ids = graph.nodes.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of graph.edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
        const at = turn % input.attributions.length;
        const turned = [...input.attributions.slice(at), ...input.attributions.slice(0, at)].reverse();
        expect(buildGraph({ ...input, attributions: turned })).toEqual(graph);
      }),
    );
  });
});
