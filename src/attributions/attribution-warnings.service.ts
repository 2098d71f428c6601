import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { edtfDays } from '../lib/edtf.js';
import { partyOfAttribution } from '../provenance/load/graph-parts.store.js';
import { contentOf } from '../resources/documents.js';
import { type Duplicate, duplicates } from '../resources/duplicates.js';
import { resolveReferences } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { calendarWarnings, type Dated, farFromAll, type Warning } from '../resources/warnings.js';
import { aboutOf } from './attribution.js';
import {
  alikeBeside,
  type Compared,
  datesBeside,
  foreseeBeside,
  foreseePublished,
  publishedDays,
} from './attribution-warnings.store.js';
import type { AttributionInput, InlineAttribution } from './attributions.schemas.js';

/** Warns of a date that can hardly be meant, and of words that are not the party's to take back. */
export async function attributionWarnings(tx: Tx, stored: ResourceRow): Promise<Warning[]> {
  const attribution = contentOf(stored.doc) as AttributionInput;
  return [...(await dateWarnings(tx, stored, attribution)), ...(await foreignWarnings(tx, attribution))];
}

async function dateWarnings(tx: Tx, stored: ResourceRow, attribution: AttributionInput): Promise<Warning[]> {
  const { said, source } = attribution;
  if (said === null) return [];
  const { column, target } = place(attribution);
  const others = await datesBeside(tx, stored, column, target);
  const dated = others.map(
    ({ id, said_from, said_to }): Dated => ({
      days: [said_from, said_to],
      objects: [{ noun: 'attribution', id }],
    }),
  );
  return saidWarnings(tx, '/said', said, source && decodeReference(source), dated);
}

async function foreignWarnings(
  tx: Tx,
  { stance, claim, party, in_reply_to }: AttributionInput,
): Promise<Warning[]> {
  if (stance !== 'retracts' || claim === null || in_reply_to === null) return [];
  const id = decodeReference(in_reply_to);
  const own = (await partyOfAttribution(tx, id)) === decodeReference(party);
  return own ? [] : [notOwnWords('', [{ noun: 'attribution', id }])];
}

const notOwnWords = (at: string, objects: Warning['objects']): Warning => ({
  code: 'not_own_words',
  pointer: `${at}/in_reply_to`,
  detail:
    'only the party that said this can take it back, so nothing is taken back; write "denies" for a party that contradicts it',
  objects,
});

/** Others that give the same words of the same party. */
export async function attributionDuplicates(tx: Tx, stored: ResourceRow): Promise<Duplicate[]> {
  const attribution = contentOf(stored.doc) as AttributionInput;
  const others = await alikeBeside(tx, comparedAs(stored, attribution));
  // Relays can be hundreds of each: whether they are others is seen before the documents are parsed.
  const relays = `"relays":${JSON.stringify(attribution.relays)}`;
  const same = others.filter(
    ({ doc }) => doc.includes(relays) && samePassage(attribution, contentOf(doc) as AttributionInput),
  );
  const detail = 'another attribution gives the same words of the same party; leave one out';
  return duplicates(
    'attribution',
    same.map(({ id }) => id),
    'same_attribution',
    '',
    detail,
  );
}

function comparedAs(stored: ResourceRow, attribution: AttributionInput): Compared {
  const { column: about, target } = place(attribution);
  const { stance, speaker, source, said, in_reply_to } = attribution;
  const who = {
    ...{ target, party: decodeReference(attribution.party), stance, said },
    speaker: speaker && decodeReference(speaker),
    source: source && decodeReference(source),
    inReplyTo: in_reply_to && decodeReference(in_reply_to),
    relays: attribution.relays.map(decodeReference),
  };
  return { stored, about, who };
}

/** Looks up at once what is needed to tell warnings and duplicates of several attributions. */
export async function foreseeAttributions(tx: Tx, all: readonly { stored: ResourceRow }[]): Promise<void> {
  const contents = all.map(({ stored }) => ({ stored, content: contentOf(stored.doc) as AttributionInput }));
  const compared = contents.map(({ stored, content }) => ({
    ...{ ...comparedAs(stored, content), dated: content.said !== null },
  }));
  await foreseeBeside(tx, compared);
  await foreseePublished(
    tx,
    compared.flatMap(({ dated, who: { source } }) => (dated ? (source ?? []) : [])),
  );
}

/** The claim or source that an attribution is about, and the column that tells. */
function place(attribution: AttributionInput) {
  const { noun, reference } = aboutOf(attribution);
  const column = noun === 'claim' ? ('claim_id' as const) : ('about_source_id' as const);
  return { column, target: decodeReference(reference) };
}

/** Members that say who said what where. */
const WHO = ['party', 'speaker', 'stance', 'source', 'said', 'in_reply_to'] as const;
const wordsOf = (one: Pick<AttributionInput, (typeof WHO)[number]>): string =>
  JSON.stringify(WHO.map((member) => one[member]));

/** Two passages of one source, or two of which notes say what each is, are two attributions. */
const PASSAGE = ['quote', 'locator', 'note'] as const;
type Passage = Pick<AttributionInput, (typeof PASSAGE)[number] | 'relays'>;

const samePassage = (a: Passage, b: Passage): boolean =>
  JSON.stringify(a.relays) === JSON.stringify(b.relays) &&
  PASSAGE.every((member) => {
    const [one, other] = [a[member], b[member]];
    return one === null || other === null || JSON.stringify(one) === JSON.stringify(other);
  });

/** The same of attributions that were sent with their claim. */
export async function inlineWarnings(tx: Tx, items: readonly InlineAttribution[]): Promise<Warning[]> {
  const sources = await resolveReferences(tx, 'source', datedIn(items));
  const foreign = await inlineForeign(tx, items);
  const dated = items.map(({ said }): Dated => ({ days: edtfDays(said), objects: [] }));
  const seen = new Map<string, InlineAttribution[]>();
  const warnings: Warning[] = [];
  for (const [i, item] of items.entries()) {
    await tx.yield();
    const at = `/attributions/${i}`;
    const source = item.source === null ? null : (sources.get(item.source) ?? null);
    const others = [
      ...dated.slice(Math.max(0, i - NEIGHBOURS), i),
      ...dated.slice(i + 1, i + 1 + NEIGHBOURS),
    ];
    warnings.push(...(await saidWarnings(tx, `${at}/said`, item.said, source, others)));
    warnings.push(...(foreign.get(i) ?? []));
    const alike = seen.get(wordsOf(item)) ?? [];
    if (alike.some((before) => samePassage(before, item))) {
      const detail = 'an attribution before this one gives the same words of the same party; leave one out';
      warnings.push({ code: 'repeated_attribution', pointer: at, detail, objects: [] });
    }
    seen.set(wordsOf(item), [...alike, item]);
  }
  return warnings;
}

/** The sources of words of which a date is told. */
const datedIn = (items: readonly InlineAttribution[]): string[] =>
  items.flatMap(({ said, source }) => (said === null ? [] : (source ?? [])));

/** Looks up at once what {@link inlineWarnings} needs of the attributions of several claims. */
export async function foreseeInline(tx: Tx, items: readonly InlineAttribution[]): Promise<void> {
  const found = await resolveReferences(tx, 'source', datedIn(items));
  await foreseePublished(
    tx,
    [...found.values()].flatMap((id) => id ?? []),
  );
}

/** By place, warnings of attributions sent with their claim that take back words of others, of the set or stored before. */
async function inlineForeign(tx: Tx, items: readonly InlineAttribution[]): Promise<Map<number, [Warning]>> {
  const warnings = new Map<number, [Warning]>();
  const taking = items.flatMap((item, i) =>
    item.stance === 'retracts' && item.in_reply_to !== null ? [{ item, i, to: item.in_reply_to }] : [],
  );
  if (taking.length === 0) return warnings;
  const parties = await resolveReferences(
    tx,
    'party',
    items.map(({ party }) => party),
  );
  const locals = new Map(items.flatMap((item) => (item.local_id ? [[`@${item.local_id}`, item]] : [])));
  const stored = await resolveReferences(
    tx,
    'attribution',
    taking.flatMap(({ to }) => (locals.has(to) ? [] : [to])),
  );
  for (const { item, i, to } of taking) {
    await tx.yield();
    const local = locals.get(to);
    const id = stored.get(to);
    const party = local ? parties.get(local.party) : id && (await partyOfAttribution(tx, id));
    if (party === parties.get(item.party)) continue;
    warnings.set(i, [notOwnWords(`/attributions/${i}`, id ? [{ noun: 'attribution', id }] : [])]);
  }
  return warnings;
}

/** Attributions on either side that a date is compared with. */
const NEIGHBOURS = 100;

/** A date of words that is of another calendar, or far from those of all other words and from its own source. */
async function saidWarnings(
  tx: Tx,
  pointer: string,
  said: string | null,
  source: string | null,
  others: readonly Dated[],
): Promise<Warning[]> {
  if (said === null) return [];
  const odd = calendarWarnings(tx, [{ pointer, text: said }]);
  if (odd.length > 0) return odd;
  const days = edtfDays(said);
  const isNear = others.some(({ days: [from] }) => from !== null) && farFromAll(days, others) === null;
  if (isNear) return [];
  const published: Dated[] =
    source === null
      ? []
      : [{ days: await publishedDays(tx, source), objects: [{ noun: 'source', id: source }] }];
  const far = farFromAll(days, [...others, ...published]);
  if (far === null) return [];
  const detail = `${said} is more than fifty years from the date of every other attribution here and of the source; check the year`;
  return [{ code: 'far_year', pointer, detail, objects: far.objects }];
}
