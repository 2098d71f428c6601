import { measureWords, plain, valueTypeWords } from '../frame/words.js';
import { supportWords } from '../parts/badges.js';

const words: Readonly<Record<string, string>> = {
  true: 'yes',
  false: 'no',
  severity: 'the most severe first',
};

/** A value that a filter takes, in the words that the pages have for it. */
export function choiceWords(filter: string, value: string): string {
  if (filter === 'support') return supportWords(value).toLowerCase();
  if (filter === 'value_type') return valueTypeWords(value).toLowerCase();
  if (filter === 'measure') return measureWords[value as keyof typeof measureWords] ?? plain(value);
  return words[value] ?? plain(value);
}
