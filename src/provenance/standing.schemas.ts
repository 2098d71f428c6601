import { z } from 'zod';
import { supportLevels } from './standing.js';

const day = z.string().nullable().meta({ format: 'date' });
const parties = (what: string) => z.int().meta({ description: `Distinct parties that ${what} it.` });

export const Standing = z
  .strictObject({
    support: z.enum(supportLevels).meta({
      description:
        '`none`: nothing supports it, or no longer. `untraced`: no origin is known. `single_origin`, ' +
        '`corroborated`: one, or at least two, independent origins.',
    }),
    contested: z.boolean().meta({ description: 'Somebody denies or disputes it.' }),
    self_denied: z.boolean().meta({ description: 'Every denier is the subject or part of it.' }),
    retracted: z.boolean().meta({ description: 'It was asserted, and all who did took it back.' }),
    asserting: parties('assert or confirm'),
    reporting: parties('report'),
    denying: parties('deny or dispute'),
    origins: z
      .strictObject({
        min: z.int(),
        max: z.int().nullable().meta({ description: 'null: there is no upper bound.' }),
      })
      .meta({ id: 'Origins', description: 'How many independent origins there are, at least and at most.' }),
    circular_reporting: z.boolean().meta({ description: 'Some report each other and nobody else.' }),
    blanket_denials: z.int().meta({ description: 'Denials of whole sources in which it stands.' }),
    first_said: day,
    last_said: day,
  })
  .meta({ id: 'Standing', description: 'What the register computes about a claim; clients never write it.' });
