import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { describe, expect, it, test } from 'vitest';
import { buildGraph } from '../../../../src/provenance/view/graph-view.js';
import { toDot } from '../../../../src/rendering/graph/dot.js';
import { drawingOf, MAX_BOXES, MAX_LINKS } from '../../../../src/rendering/graph/drawing.js';
import { describe as inWords } from '../../../../src/rendering/graph/drawing-text.js';
import { type GraphTask, renderGraph } from '../../../../src/rendering/graph/graph.js';
import { toMermaid } from '../../../../src/rendering/graph/mermaid.js';
import { type Sketch, sketch } from '../input.js';
import { HOSTILE, readPicture } from '../pictures.js';
import { drawnTexts, type Element } from '../xml.js';

const taskOf = (drawn: Sketch, format: GraphTask['format']): GraphTask => {
  const { claim, attributions, retractedBy, parties, sources } = sketch(drawn);
  const texts = (objects: Iterable<object>) => Array.from(objects, (object) => JSON.stringify(object));
  return {
    format,
    claim: JSON.stringify(claim),
    undated: null,
    attributions: texts(attributions),
    retractedBy: [...retractedBy],
    parties: texts(parties.values()),
    sources: texts(sources.values()),
  };
};
const draw = async (drawn: Sketch): Promise<Element> => readPicture(await renderGraph(taskOf(drawn, 'svg')));
const drawing = (drawn: Sketch) => drawingOf(buildGraph(sketch(drawn)));
const dotLines = (drawn: Sketch) => toDot(drawing(drawn)).split('\n');
const words = (root: Element) => drawnTexts(root).join(' ').replace(/\s+/g, ' ');

const chain: Sketch = {
  claim: 'The family received a monthly stipend.',
  parties: { state: { name: 'One Member State', unnamed: true, count: { min: 2, max: null } } },
  sources: { article: { title: 'Kabul continues', published: '2025-02-20' } },
  attributions: {
    outlet: {
      party: 'Defence Talks',
      stance: 'reports',
      source: 'article',
      quote: 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen',
      relays: ['team'],
    },
    team: {
      party: 'Monitoring Team',
      stance: 'reports',
      manner: 'assesses',
      said: '2025-02-06',
      relays: ['state'],
    },
    state: { party: 'state', speaker: 'An Ambassador', manner: 'alleges', lineage: 'originates' },
    rumour: { party: 'A paper', stance: 'reports' },
    denial: { party: 'Taliban', stance: 'denies', said: '2025-02-21', in_reply_to: 'team' },
    silence: { party: 'The bank', stance: 'declines' },
  },
};

/** One outlet after another, each with the one before it. */
const many = (n: number, relays: (i: number) => number[]): Sketch => {
  const name = (i: number) => String(i).padStart(5, '0');
  const attribution = (i: number) => ({
    party: `Outlet ${i}`,
    stance: i % 20 === 7 ? ('denies' as const) : ('reports' as const),
    relays: relays(i)
      .filter((j) => j >= 0 && j < n && j !== i)
      .map(name),
  });
  return {
    attributions: Object.fromEntries(Array.from({ length: n }, (_, i) => [name(i), attribution(i)])),
  };
};

describe('render svg', () => {
  it('the picture shows who says what, when, where and in which words', async () => {
    const root = await draw(chain);
    for (const text of [
      'The family received a monthly stipend.',
      'REPORTS (assesses) · 2025-02-06',
      'ASSERTS (alleges)',
      'DENIES · 2025-02-21',
      'DECLINES TO COMMENT',
      'unnamed (at least 2)',
      'spoken by An Ambassador',
      'first known voice',
      'lineage unknown',
      'in: Kabul continues',
      'article, published 2025-02-20',
      '2025-02-20',
    ]) {
      expect(drawnTexts(root)).toContain(text);
    }
    expect(words(root)).toContain('“one two three four five six seven eight nine ten eleven twelve …”');
  });

  it('the legend explains the signs that occur, and no others', async () => {
    const plain = { attributions: { a: { party: 'A witness', lineage: 'originates' as const } } };
    expect(words(await draw(chain))).toMatch(/asserts or confirms.*denies or disputes.*has no name/);
    expect(words(await draw(plain))).toContain('asserts or confirms');
    expect(words(await draw(plain))).not.toMatch(/denies or disputes|has no name|relays/);
  });

  it('the description gives the chain in words', async () => {
    const [title, desc] = (await draw(chain)).children;
    expect(title!.text).toBe('Who says: The family received a monthly stipend.');
    // From each outlet down its chain; the outlets in the order of their ids.
    expect(desc!.text).toBe(
      [
        'Taliban denies it (2025-02-21), answering Monitoring Team.',
        'Defence Talks reports it, in “Kabul continues”, having it from Monitoring Team.',
        'Monitoring Team reports it (2025-02-06), having it from One Member State.',
        'One Member State, unnamed (at least 2), through An Ambassador, asserts it, as the first known voice.',
        'A paper reports it, it is not known from whom.',
        'The bank declines to comment.',
      ].join(' '),
    );
  });

  it('a claim without attributions is drawn', async () => {
    const root = await draw({ attributions: {} });
    expect(root.children[1]!.text).toBe('Nobody is on record about it.');
  });

  it('hostile names, titles and quotes are shown as text', async () => {
    const long = `${HOSTILE} ${'x'.repeat(5_000)}`;
    const root = await draw({
      claim: long,
      parties: { p: { name: HOSTILE, unnamed: true, count: { min: null, max: 3 } }, q: { name: long } },
      sources: { s: { title: long, published: '2024' } },
      attributions: {
        a: {
          party: 'p',
          speaker: 'q',
          source: 's',
          quote: long,
          said_as_stated: HOSTILE,
          relays: ['b', 'c'],
        },
        b: { party: 'q', stance: 'denies', in_reply_to: 'a', relays: ['a'] },
        c: { party: 'r', stance: 'retracts', in_reply_to: 'c', about_source: 's' },
      },
    });
    const shown = words(root);
    expect(shown).toContain('<script>alert("x")</script>');
    expect(shown).toContain('gnp.exe');
    expect(drawnTexts(root).join('')).not.toMatch(/(?![\u200C\u200D])\p{C}/u);
    expect(Math.max(...drawnTexts(root).map(({ length }) => length))).toBeLessThan(90);
  });

  test.each([
    'حركة طالبان باكستان',
    'Тегрик-е Талибан',
    '巴基斯坦塔利班运动',
    '👨\u200d👩\u200d👧 news',
    'end',
    '{}|<>',
  ])('the name %s is shown', async (name) => {
    const root = await draw({ parties: { p: { name } }, attributions: { a: { party: 'p' } } });
    expect(words(root)).toContain(name.replace(/\u200d[👩👧]/gu, ''));
  });

  it('a picture with more attributions than fit says how many are left out', async () => {
    const root = await draw(many(1_000, (i) => [2 * i + 1, 2 * i + 2]));
    expect(words(root)).toMatch(/1,000 attributions/);
    expect(words(root)).toMatch(/Not drawn: 800 more attributions/);
    expect(drawnTexts(root).filter((text) => text === 'REPORTS' || text === 'DENIES')).toHaveLength(
      MAX_BOXES,
    );
    expect(drawnTexts(root)).toContain('DENIES');
  });

  test.each<[string, Sketch]>([
    ['each passing on all others', many(MAX_BOXES, () => Array.from({ length: MAX_BOXES }, (_, j) => j))],
    ['a single line', many(MAX_BOXES, (i) => [i + 1])],
    ['all from one', many(MAX_BOXES, () => [0])],
    ['tangled', many(MAX_BOXES, (i) => [(i * 7919) % MAX_BOXES, (i * 104_729 + 31) % MAX_BOXES])],
  ])('200 attributions are drawn: %s', async (_what, drawn) => {
    readPicture(await renderGraph(taskOf(drawn, 'svg')));
  });
});

describe('toDot', () => {
  it('the two sides differ in shape and in colour', () => {
    const line = (word: string) => dotLines(chain).find((text) => text.includes(`<B>${word}`))!;
    const looks = (text: string) => ({
      style: /style="([^"]*)"/.exec(text)![1]!,
      double: text.includes('peripheries=2'),
      pen: /penwidth=([\d.]+)/.exec(text)![1]!,
      colour: /,color="([^"]*)"/.exec(text)![1]!,
    });
    const sides = ['ASSERTS', 'REPORTS', 'DENIES', 'DECLINES'].map((word) => looks(line(word)));
    expect(new Set(sides.map(({ colour }) => colour)).size).toBe(4);
    expect(new Set(sides.map(({ style, double, pen }) => `${style} ${double} ${pen}`)).size).toBe(4);
    expect(sides[2]).toMatchObject({ double: true });
  });

  it('unnamed parties and inferred links are dashed, unknown lineage is dotted', () => {
    const lines = dotLines({
      ...chain,
      sources: { copy: { derived_from: ['wire'] } },
      attributions: {
        ...chain.attributions,
        copy: { party: 'Copyist', stance: 'reports', source: 'copy' },
        wire: { party: 'Agency', stance: 'reports', source: 'wire' },
      },
    });
    const boxes = lines.filter((text) => /^a\d+ \[/.test(text));
    const dashed = boxes.filter((text) => /style="[^"]*dashed/.test(text));
    expect(dashed).toHaveLength(1);
    expect(dashed[0]).toContain('One Member State');
    expect(lines.filter((text) => text.includes('style="dotted",color'))).toHaveLength(2);
    expect(lines.some((text) => text.includes('source draws on'))).toBe(true);
    expect(lines.filter((text) => text.includes('arrowhead="vee"'))).toHaveLength(1);
  });

  it('a denial of a whole document is linked to the attributions in it', () => {
    const lines = dotLines({
      attributions: {
        a: { party: 'Team', source: 'report' },
        b: { party: 'Other', source: 'article' },
        c: { party: 'Kabul', stance: 'denies', about_source: 'report' },
      },
    });
    expect(lines.filter((text) => text.startsWith('a3 -> '))).toEqual([expect.stringMatching(/^a3 -> a1 /)]);
    expect(lines.find((text) => text.startsWith('a3 ['))).toContain('of the whole document: report');
  });

  it('Graphviz reads exactly the boxes and lines that were meant', async () => {
    const graphviz = await Graphviz.load();
    const hostile: Sketch = {
      claim: HOSTILE,
      parties: { p: { name: HOSTILE } },
      attributions: {
        a: { party: 'p', quote: HOSTILE, relays: ['b'] },
        b: { party: 'p', lineage: 'originates' },
      },
    };
    const read = JSON.parse(graphviz.layout(toDot(drawing(hostile)), 'json', 'dot'));
    const boxes = (read.objects as { name: string }[]).map(({ name }) => name);
    expect(boxes.filter((name) => name !== 'cluster_chain').sort()).toEqual(['a1', 'a2']);
    expect(read.edges).toHaveLength(1);
  });

  it('the number of lines is limited, and every box keeps its first line', () => {
    const { links, hidden, boxes } = drawing(
      many(MAX_BOXES, () => Array.from({ length: MAX_BOXES }, (_, j) => j)),
    );
    expect(links.length).toBeLessThanOrEqual(MAX_LINKS);
    expect(links.length + hidden.links).toBe(MAX_BOXES * (MAX_BOXES - 1));
    expect(new Set(links.map(({ from }) => from)).size).toBe(boxes.length);
  });

  it('whole chains are drawn when not all fit', () => {
    const lanes = drawing(many(1_000, (i) => (i % 10 === 9 ? [] : [i + 1])));
    const drawn = new Set(lanes.boxes.map(({ attribution }) => attribution.id));
    expect(drawn.size).toBe(MAX_BOXES);
    const outlets = [...drawn].filter((id) => id.endsWith('0')).map((id) => Number(id.slice(-5)));
    const whole = outlets.filter((i) =>
      Array.from({ length: 10 }, (_, step) => `attribution_${String(i + step).padStart(5, '0')}`).every(
        (id) => drawn.has(id),
      ),
    );
    expect(whole.length).toBeGreaterThanOrEqual(outlets.length - 1);
    expect(whole.length).toBeGreaterThan(10);
  });
});

describe('toMermaid', () => {
  it('each box, line and class is written', () => {
    const text = toMermaid(drawing(chain));
    expect(text).toMatch(/^flowchart LR\n/);
    expect(text).toMatch(/a\d\{\{"DENIES · 2025-02-21<br\/>Taliban"\}\}:::opposes/);
    expect(text).toMatch(/a\d\["ASSERTS \(alleges\)<br\/>One Member State<br\/>unnamed \(at least 2\)/);
    expect(text).toMatch(/a\d -- "2025-02-20" --> a\d/);
    expect(text).toMatch(/a\d -\. "answers" \.-> a\d/);
    expect(text).toMatch(/a\du\(\("\?"\)\):::unknown/);
    expect(text).toMatch(/class a\d unnamed/);
  });

  it('no part of a name leaves its quotes', () => {
    const text = toMermaid(
      drawing({
        claim: HOSTILE,
        parties: { p: { name: HOSTILE }, q: { name: '1. end\n- `x`' } },
        attributions: {
          a: { party: 'p', quote: HOSTILE, speaker: 'q' },
          b: { party: 'q', said_as_stated: HOSTILE },
        },
      }),
    );
    for (const line of text.split('\n').filter((l) => l.includes('"'))) {
      const [, inside] = /^[\w ]+[([{/]+"([^"]*)"[)\]}/]+(?::::\w+)?$|^a\du? -/.exec(line) ?? [];
      expect(line).toMatch(/^[\w ]+[([{/]+"([^"]*)"[)\]}/]+(?::::\w+)?$|^a\du? -/);
      const rest = (inside ?? '').replaceAll('<br/>', '').replace(/#\d+;/g, '');
      expect(rest).not.toMatch(/[<>"'`\\;{}[\]|&%$#:]|^[-\d]+[.)] |--/);
    }
  });
});

describe('describe', () => {
  it('the description of many attributions stays short', () => {
    const { description } = inWords(drawing(many(150, () => [0])));
    expect(description).toMatch(/90 more are drawn\./);
    expect(description.split('. ').length).toBeLessThan(65);
  });
});

test('render json: the graph as data comes from the worker too', async () => {
  expect(JSON.parse(await renderGraph(taskOf(chain, 'json')))).toEqual(buildGraph(sketch(chain)));
  expect(await renderGraph(taskOf(chain, 'dot'))).toBe(toDot(drawing(chain)));
  expect(await renderGraph(taskOf(chain, 'mermaid'))).toBe(toMermaid(drawing(chain)));
});
