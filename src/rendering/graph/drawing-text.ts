import { groupBy } from '../../lib/collections.js';
import { dateWords, shorten } from '../label.js';
import { firstVoice, stanceWord, unnamedWords } from './box-lines.js';
import { type Box, type Drawing, hiddenWords, type Link } from './drawing.js';

/** Most sentences of a description: a listener cannot skim. */
const MAX_SENTENCES = 60;
/** Most names in one list. */
const MAX_NAMES = 4;

/** The drawing for readers who do not see it: a title, and every chain from its outlet back. */
export function describe(drawing: Drawing): { title: string; description: string } {
  const { claim, boxes, links } = drawing;
  const from = groupBy(links, (link) => link.from);
  const told = inChains(boxes, from).slice(0, MAX_SENTENCES);
  const parts = [
    boxes.length === 0 ? 'Nobody is on record about it.' : null,
    ...told.map((box) => sentence(box, from.get(box) ?? [])),
    told.length < boxes.length ? `${boxes.length - told.length} more are drawn.` : null,
    hiddenWords(drawing),
  ];
  return {
    title: `Who says: ${shorten(claim.label, 40, 200)}`,
    description: parts.filter((part) => part !== null).join(' '),
  };
}

/** Each outlet, followed by what it relays; circles, which have no outlet, come last. */
function inChains(boxes: Box[], from: ReadonlyMap<Box, Link[]>): Box[] {
  const passing = ({ kind }: Link) => kind === 'relays' || kind === 'inferred';
  const relayed = new Set(
    [...from.values()]
      .flat()
      .filter(passing)
      .map(({ to }) => to),
  );
  const ordered = new Set<Box>();
  for (const start of [...boxes.filter((box) => !relayed.has(box)), ...boxes]) {
    const open = [start];
    for (let box = open.pop(); box !== undefined; box = open.pop()) {
      if (ordered.has(box)) continue;
      ordered.add(box);
      const next = (from.get(box) ?? []).filter(passing);
      open.push(...next.map(({ to }) => to).reverse());
    }
  }
  return [...ordered];
}

const nameOf = ({ party }: Box): string => shorten(party.label, 12, 60);

function sentence(box: Box, links: Link[]): string {
  const { attribution, party, speaker, source } = box;
  const whom = (kind: Link['kind']): string | false => {
    const names = [...new Set(links.filter((link) => link.kind === kind).map(({ to }) => nameOf(to)))];
    const shown = names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES), 'others'] : names;
    return shown.length > 0 && shown.join(' and ');
  };
  const [relayed, inferred, answered] = [whom('relays'), whom('inferred'), whom('replies')];
  const subject = listed([
    nameOf(box),
    unnamedWords(party),
    speaker && `through ${shorten(speaker.label, 12, 60)}`,
  ]);
  const date = attribution.said === null ? '' : ` (${dateWords(attribution.said)})`;
  const rest = listed([
    `${verb(box)}${date}`,
    source && `in “${shorten(source.title, 12, 80)}”`,
    relayed && `having it from ${relayed}`,
    inferred && `in a source that draws on ${inferred}`,
    answered && `answering ${answered}`,
    firstVoice(box) && 'as the first known voice',
    attribution.uncertain && 'it is not known from whom',
    attribution.taken_back && 'and has taken it back since',
  ]);
  return `${subject === nameOf(box) ? subject : `${subject},`} ${rest}.`;
}

const listed = (parts: (string | false | null)[]): string => parts.filter((part) => part).join(', ');

function verb({ attribution: { stance }, about }: Box): string {
  if (stance === 'declines') return stanceWord(stance);
  if (stance === 'retracts') return 'takes it back';
  return `${stanceWord(stance)} ${about ? `the whole document “${shorten(about.title, 12, 80)}”` : 'it'}`;
}
