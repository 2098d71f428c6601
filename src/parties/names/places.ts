import { iso31661, iso31662 } from 'iso-3166';
import { fold } from '../../lib/text.js';

/** One-word names of countries, peoples and regions. Two names that differ in such a word mean two bodies. */

/** Adjectives and names of peoples, by the country that they stand for, and regions that ISO 3166 lacks. */
const adjectives = `
AF afghan afghans afghani
AZ azeri azerbaijani
BD bangladeshi
CN chinese
DZ algerian
EG egyptian
ET ethiopian
FR french
DE german
IN indian hind
ID indonesian
IR iranian persian
IQ iraqi
IL israeli
JO jordanian
KE kenyan
KG kyrgyz
KZ kazakh
KR korean
LB lebanese
LY libyan
ML malian
MA moroccan
NG nigerian
PK pakistani
PS palestinian palestine filastin
PH philippine filipino
QA qatari
RU russian russia rossiya rossii
SA saudi
SO somali
SD sudanese
SY syrian
TJ tajik
TN tunisian
TR turkish turkiye
TM turkmen
GB british
US american
UA ukrainian
AE emirati
UZ uzbek
YE yemeni
PK-BA baloch baluch balochistan baluchistan
x-khorasan khorasan khurasan khrasan
x-maghreb maghreb magreb
x-hijaz hijaz hejaz
x-levant levant sham
x-sinai sinai
x-kurdistan kurdistan kurdish kurdistane
x-turkestan turkestan turkistan
x-kashmir kashmir kashmiri
x-north north northern
x-south south southern
x-east east eastern
x-west west western
`;

const places = new Map<string, Set<string>>();
const add = (word: string, code: string) => {
  if (/^[\p{L}]{3,}$/u.test(word)) places.set(word, (places.get(word) ?? new Set()).add(code));
};
for (const { code, name } of iso31662) add(fold(name), code);
// The name of a country hides regions of the same name elsewhere.
for (const { alpha2, name } of iso31661) {
  const word = fold(name.replace(/[(,].*$/, ''));
  places.delete(word);
  add(word, alpha2);
}
for (const line of adjectives.trim().split('\n')) {
  const [code = '', ...words] = line.split(' ');
  for (const word of words) places.set(word, new Set([code]));
}

/** Codes of the places that a word of Latin letters names, ISO 3166 where there is one. */
export const placesOf = (word: string): ReadonlySet<string> | undefined => places.get(word);
