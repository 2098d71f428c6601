import type { z } from 'zod';
import { type Column, keyOf } from '../../http/formats/csv.js';
import type { Timeline } from './timeline.schemas.js';

/** The columns of the CSV of a timeline. */
export const timelineColumns: Column<z.infer<typeof Timeline>['items'][number]>[] = [
  { name: 'date', value: (event) => event.date },
  { name: 'said', value: (event) => event.said },
  { name: 'dated_by', value: (event) => event.dated_by },
  { name: 'attribution', value: (event) => keyOf(event.attribution) },
  { name: 'party', value: (event) => event.party.name },
  { name: 'stance', value: (event) => event.stance },
  { name: 'about_source', value: (event) => keyOf(event.about_source) },
  { name: 'in_reply_to', value: (event) => keyOf(event.in_reply_to) },
  { name: 'source', value: (event) => keyOf(event.source) },
  { name: 'support', value: (event) => event.standing.support },
  { name: 'origins_min', value: (event) => event.standing.origins.min },
  { name: 'origins_max', value: (event) => event.standing.origins.max },
  { name: 'contested', value: (event) => event.standing.contested },
  { name: 'retracted', value: (event) => event.standing.retracted },
];
