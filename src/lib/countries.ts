import { iso31661, iso31662, iso31663 } from 'iso-3166';
import { fold } from './text.js';

/** XK is user-assigned for Kosovo and in wide use. */
const current = new Map([
  ...iso31661.map(({ alpha2, name }): [string, string] => [alpha2, name]),
  ['XK', 'Kosovo'],
]);
/** Countries that are no more (ISO 3166-3), for what happened while they were: SU, YU, DD. */
const former = new Map(iso31663.map(({ from }) => [from.alpha2, from.name]));
const subdivisions = new Map(iso31662.map(({ code, name }) => [code, name]));

/** What people write, with the code that ISO gives the country. */
const ALIASES = new Map(
  Object.entries({
    uk: 'GB',
    'united kingdom': 'GB',
    'great britain': 'GB',
    england: 'GB-ENG',
    scotland: 'GB-SCT',
    wales: 'GB-WLS',
    'northern ireland': 'GB-NIR',
    usa: 'US',
    'united states': 'US',
    el: 'GR',
    russia: 'RU',
    iran: 'IR',
    syria: 'SY',
    'north korea': 'KP',
    'south korea': 'KR',
    venezuela: 'VE',
    bolivia: 'BO',
    tanzania: 'TZ',
    moldova: 'MD',
    palestine: 'PS',
    taiwan: 'TW',
    vietnam: 'VN',
    laos: 'LA',
    turkey: 'TR',
    'czech republic': 'CZ',
    'ivory coast': 'CI',
    ussr: 'SU',
    'soviet union': 'SU',
    yugoslavia: 'YU',
    'east germany': 'DD',
    burma: 'MM',
    persia: 'IR',
    holland: 'NL',
    uae: 'AE',
    ksa: 'SA',
    prc: 'CN',
    rok: 'KR',
    dprk: 'KP',
    drc: 'CD',
    'dr congo': 'CD',
    swaziland: 'SZ',
    macedonia: 'MK',
    'cape verde': 'CV',
    'east timor': 'TL',
    vatican: 'VA',
    brunei: 'BN',
    ksv: 'XK',
    xkx: 'XK',
    deutschland: 'DE',
    افغانستان: 'AF',
    پاکستان: 'PK',
    ایران: 'IR',
    россия: 'RU',
    україна: 'UA',
  }).map(([name, code]) => [fold(name), code]),
);

/** "Netherlands, Kingdom of the" and "Iran (Islamic Republic of)" are found by what stands before. */
const shortName = (name: string): string => fold(name.replace(/[(,].*$/, ''));
const names = new Map<string, string>();
const shared = new Set<string>();
for (const [code, name] of [...former, ...current]) {
  const short = shortName(name);
  if (current.has(names.get(short) ?? '')) shared.add(short);
  names.set(short, code).set(fold(name), code);
}
// Two Koreas and two Congos: the short name tells neither.
for (const short of shared) names.delete(short);
const regions = new Map([...subdivisions].map(([code, name]) => [fold(name), code] as const));

/** The code that a name or another spelling of a code most likely means. */
export function countryMeant(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (current.has(upper) || former.has(upper)) return upper;
  const folded = fold(text).replace(/^the /, '');
  const alpha3 = iso31661.find(({ alpha3 }) => alpha3 === upper)?.alpha2;
  return ALIASES.get(folded) ?? alpha3 ?? names.get(folded);
}

/** What is wrong with a country code (ISO 3166-1 alpha-2, or ISO 3166-3 for former ones), or null. */
export function countryFault(text: string): string | null {
  if (current.has(text) || former.has(text)) return null;
  const meant = countryMeant(text)?.slice(0, 2);
  return `not a country code of ISO 3166-1; ${meant ? `write ${meant}` : 'write two capital letters, as in AF'}`;
}

/** What is wrong with the code of a country or of a part of one (ISO 3166-2), or null. */
export function regionFault(text: string): string | null {
  if (current.has(text) || former.has(text) || subdivisions.has(text)) return null;
  const upper = text.toUpperCase().replaceAll('_', '-');
  const ofCountry = upper.replace(/^[^-]+(?=-)/, (country) => countryMeant(country) ?? country);
  const meant = subdivisions.has(ofCountry) ? ofCountry : (countryMeant(text) ?? regions.get(fold(text)));
  return `not a code of ISO 3166-1 or 3166-2; write ${meant ?? 'AF or AF-KNR'}`;
}
