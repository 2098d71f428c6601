import { createRequire } from 'node:module';
import { countryMeant } from './countries.js';
import { fold } from './text.js';

/** A record of the IANA Language Subtag Registry (RFC 5646, section 3.1). */
interface Subtag {
  Type: 'language' | 'extlang' | 'script' | 'region' | 'variant' | 'grandfathered' | 'redundant';
  Subtag?: string;
  Tag?: string;
  Description: string[];
  'Preferred-Value'?: string;
  Prefix?: string[];
}

type Kind = 'language' | 'extlang' | 'script' | 'region' | 'variant';

const records = createRequire(import.meta.url)(
  'language-subtag-registry/data/json/registry.json',
) as Subtag[];
const registry = new Map(
  records.map((record) => [`${record.Type} ${record.Subtag ?? record.Tag}`.toLowerCase(), record]),
);
const known = (kind: Kind | 'grandfathered', subtag: string): Subtag | undefined =>
  registry.get(`${kind} ${subtag}`.toLowerCase());

/** Names in wide use that the registry does not give, those of languages in themselves among them. */
const ALIASES = new Map(
  Object.entries({
    farsi: 'fa',
    mandarin: 'zh',
    cantonese: 'yue',
    flemish: 'nl-BE',
    uighur: 'ug',
    kirghiz: 'ky',
    deutsch: 'de',
    français: 'fr',
    español: 'es',
    italiano: 'it',
    português: 'pt',
    polski: 'pl',
    türkçe: 'tr',
    русский: 'ru',
    українська: 'uk',
    پښتو: 'ps',
    دری: 'prs',
    فارسی: 'fa',
    اردو: 'ur',
    العربية: 'ar',
    中文: 'zh',
  }).map(([name, tag]) => [fold(name), tag]),
);

/** Codes of countries that are written for their languages, where no language has them. */
const COUNTRIES: Record<string, string> = {
  jp: 'ja',
  cn: 'zh',
  gr: 'el',
  cz: 'cs',
  dk: 'da',
  ua: 'uk',
  pk: 'ur',
};

/** What a subtag that the registry does not hold most likely means: `UK` is GB, `eng` is en. */
function subtagMeant(kind: Kind, subtag: string): string | undefined {
  if (kind === 'region') return countryMeant(subtag)?.slice(0, 2);
  if (kind !== 'language') return undefined;
  const [canonical] = Intl.getCanonicalLocales(subtag);
  const meant = COUNTRIES[subtag.toLowerCase()] ?? canonical;
  return meant !== undefined && meant !== subtag && known('language', meant) ? meant : undefined;
}

/** The names of one kind, each with its subtag; ranges for private use, such as `qaa..qtz`, name nothing. */
const namesOf = (kind: Kind): [name: string, subtag: string][] =>
  records.flatMap(({ Type, Subtag, Description }) =>
    Type === kind && Subtag !== undefined && !Subtag.includes('..')
      ? Description.map((name): [string, string] => [fold(name), Subtag])
      : [],
  );

/** Languages by their names; where two have the same name, the shorter subtag counts, as in language tags. */
const named = new Map(namesOf('language').sort(([, a], [, b]) => b.length - a.length));
const scripts = new Map(namesOf('script'));

const TAG =
  /^(?<language>[a-z]{2,3})(?<extlang>(?:-[a-z]{3}){0,3})(?:-(?<script>[a-z]{4}))?(?:-(?<region>[a-z]{2}|\d{3}))?(?<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)(?<privately>-x(?:-[a-z0-9]{1,8})+)?$/i;

/**
 * What is wrong with a language tag and how to write it, or null. A tag is right when each of its subtags is
 * in the registry of IANA and it is written in the canonical case: `ps`, `ur-PK`, `uz-Arab`.
 */
export function languageFault(text: string): string | null {
  const shown = `"${text.slice(0, 40)}"`;
  const old = known('grandfathered', text);
  if (old) return old['Preferred-Value'] ? `write ${old['Preferred-Value']}` : `${shown} is out of use`;
  const parts = TAG.exec(text.replaceAll('_', '-'))?.groups;
  const name = ALIASES.get(fold(text)) ?? named.get(fold(text));
  if (!parts && name !== undefined) return `${shown} is a name; write the tag ${name}`;
  if (!parts) return `${shown} is not a language tag (BCP 47); write en or ur-PK`;
  const subtagsOf = (kind: Kind, part = '') =>
    part
      .split('-')
      .filter((subtag) => subtag !== '')
      .map((subtag) => ({ kind, subtag, record: known(kind, subtag) }));
  const subtags = [
    ...subtagsOf('language', parts.language),
    ...subtagsOf('extlang', parts.extlang),
    ...subtagsOf('script', parts.script),
    ...subtagsOf('region', parts.region),
    ...subtagsOf('variant', parts.variants),
  ];
  const unknown = subtags.find(({ record }) => !record);
  if (unknown) {
    const { kind, subtag } = unknown;
    const meant = subtagMeant(kind, subtag);
    const right = meant ? text.replaceAll('_', '-').replace(subtag, meant) : 'en, ur-PK or uz-Arab';
    return `"${subtag}" is no ${kind} in the registry of IANA; write ${right}`;
  }
  const written = subtags.map(
    ({ kind, subtag, record }) => record?.['Preferred-Value'] ?? cased(kind, subtag),
  );
  const tail = `${parts.extensions}${parts.privately ?? ''}`.toLowerCase();
  const right = (parts.extlang ? written.slice(1) : written).join('-') + tail;
  return right === text ? null : `write ${right}`;
}

function cased(kind: Kind, subtag: string): string {
  const lower = subtag.toLowerCase();
  if (kind === 'script') return lower.replace(/^./, (letter) => letter.toUpperCase());
  return kind === 'region' ? lower.toUpperCase() : lower;
}

/** What is wrong with a script and how to write it, or null; scripts are those of ISO 15924 in the registry. */
export function scriptFault(text: string): string | null {
  const right = cased('script', text);
  if (/^[a-z]{4}$/i.test(text) && known('script', text)) return right === text ? null : `write ${right}`;
  const found = scripts.get(fold(text));
  const hint = found ? `write ${found}` : 'write four letters, as in Arab';
  return `"${text.slice(0, 40)}" is no script of ISO 15924; ${hint}`;
}
