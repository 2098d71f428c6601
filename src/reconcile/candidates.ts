import { fold } from '../lib/text.js';
import { likeness as likenessOfTexts } from '../resources/alike-texts.js';
import { wordsOf } from '../search/words/split.js';
import { describe } from './describe.js';
import type { Entity } from './entities.service.js';
import { compareProperty, type Given } from './properties.js';
import { entityNouns, typesOf } from './types.js';

/** An object that a query may mean, and how far. */
export interface Found {
  entity: Entity;
  /** From 0 to 1. */
  likeness: number;
  /** Whether it is the one, as far as its name tells. */
  match: boolean;
  /** Why, as codes. */
  features: string[];
}

export interface Candidate {
  id: string;
  name: string;
  description: string;
  type: { id: string; name: string }[];
  score: number;
  match: boolean;
  features: { id: string; value: true }[];
}

/** Fewer words than these are a name of many documents. */
const TELLING_WORDS = 3;

/** How far a text is the name of an object whose name is prose, a title or a label, or says its key in words. */
export function compareTitle(text: string, entity: Entity): Found {
  const { key } = entity.view;
  const names = [entity.name, ...(key ? [key.replaceAll('-', ' ')] : [])];
  const words = new Set(wordsOf(text));
  const telling = entity.noun === 'predicate' || words.size >= TELLING_WORDS;
  const each = names.map((name) => {
    const others = new Set(wordsOf(name));
    const same = fold(text) === fold(name);
    return {
      likeness: same ? 1 : likenessOf(words, others),
      agrees: same || likenessOfTexts(words, others) > 0,
    };
  });
  const likeness = Math.max(...each.map((one) => one.likeness));
  return {
    entity,
    likeness,
    match: telling && each.some(({ agrees }) => agrees),
    features: likeness > 0 ? ['words'] : [],
  };
}

/** Half for the words that both have, of all words, and half for those of the shorter text that the other one has. */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return shared === 0 ? 0 : (shared / all + shared / Math.min(one.size, other.size)) / 2;
}

/** What a value that differs leaves of a likeness, and what an equal one adds. */
const CONTRADICTED = 0.6;
const CONFIRMED = 0.02;

/** What the properties that were given say of an object. */
export function withProperties(found: Found, given: readonly Given[]): Found {
  let { likeness, match } = found;
  const features = [...found.features];
  let contradicted = false;
  let identified = false;
  for (const one of given) {
    const { id, identifies } = one.property;
    const { noun, view, naming } = found.entity;
    const said = compareProperty(one, noun, view, naming);
    if (said === 'same') {
      features.push(`same_${id}`);
      if (identifies) identified = true;
      else likeness = Math.min(1, likeness + CONFIRMED);
    } else if (said === 'other') {
      features.push(`another_${id}`);
      contradicted = true;
    } else if (said === 'unreadable') match = false;
  }
  if (identified) [likeness, match] = [1, true];
  if (contradicted) [likeness, match] = [likeness * CONTRADICTED, false];
  return { ...found, likeness, match, features };
}

/** The least likeness that is worth telling. */
const LEAST = 0.4;
/** The score from which on a name agrees. */
const AGREES = 90;

const scoreOf = ({ likeness, match }: Found): number =>
  Math.round(10 * (match ? AGREES + (100 - AGREES) * likeness : AGREES * likeness)) / 10;

/**
 * What is answered, the likeliest first. Clients take over a match unseen: where two objects fit, neither is one, though both
 * keep their scores.
 */
export function ranked(found: readonly Found[], limit: number): Candidate[] {
  const best = new Map<string, Found>();
  for (const one of found) {
    const known = best.get(one.entity.id);
    if (one.likeness >= LEAST && (!known || scoreOf(known) < scoreOf(one))) best.set(one.entity.id, one);
  }
  const all = [...best.values()];
  const sure = all.filter(({ match }) => match).length === 1;
  return all
    .map((one) => ({ one, score: scoreOf(one) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(b.one.match) - Number(a.one.match) ||
        entityNouns.indexOf(a.one.entity.noun) - entityNouns.indexOf(b.one.entity.noun) ||
        (a.one.entity.id < b.one.entity.id ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ one: { entity, match, features }, score }) => ({
      id: entity.id,
      name: entity.name,
      description: describe(entity.noun, entity.view, entity.naming),
      type: typesOf(entity.noun, entity.view),
      score,
      match: match && sure,
      features: features.map((id) => ({ id, value: true })),
    }));
}
