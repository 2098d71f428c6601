import { plain } from '../frame/words.js';

/** How each order of a list is told: downwards, which most people want first, and upwards. */
const words: Readonly<Record<string, readonly [down: string, up: string]>> = {
  id: ['newest first', 'oldest first'],
  created: ['recorded last first', 'recorded first first'],
  updated: ['changed last first', 'unchanged for longest first'],
  activity: ['active last first', 'quiet for longest first'],
  occurred: ['happened last first', 'happened first first'],
  said: ['said last first', 'said first first'],
  value: ['largest value first', 'smallest value first'],
  origins: ['most origins first', 'fewest origins first'],
  attributions: ['most attributions first', 'fewest attributions first'],
  published: ['published last first', 'published first first'],
  title: ['titles Z to A', 'titles A to Z'],
  name: ['names Z to A', 'names A to Z'],
};

/** The two orders by a sort of the API, each with its words. */
export function orderWords(sort: string): [order: string, words: string][] {
  const [down, up] = words[sort] ?? [`${plain(sort)}, downwards`, `${plain(sort)}, upwards`];
  return [
    [`-${sort}`, down],
    [sort, up],
  ];
}
