import { z } from 'zod';
import {
  type ChangesContext,
  changesDeclaration,
  cursorOf,
  FEED,
  placeOfCursor,
} from '../history/changes.routes.js';
import { changesQuery } from '../history/changes.schemas.js';
import { wantedChanges } from '../history/changes.service.js';
import { inForm, sendForm } from '../http/formats/forms.js';
import { type App, operation } from '../http/openapi/operation.js';
import { DEFAULT_LIMIT } from '../http/request/paging.js';
import { rawQuery } from '../http/request/zod.js';
import { bare } from '../http/response/media.js';
import { ifNoneMatchTag } from '../http/schemas/parameters.js';
import { ATOM, atomText, type Link } from './atom.js';
import { newestEntries } from './feed.service.js';

const form = {
  extension: 'atom',
  title: 'an Atom feed for feed readers (RSS), newest first',
  media: ATOM,
  content: z.string().meta({ description: 'Atom (RFC 4287), in pages (RFC 5005).' }),
  disposition: 'inline',
} as const;

const { after, ...filters } = changesQuery.shape;
const query = z.strictObject({
  before: after.meta({
    ...after.meta(),
    description: 'A cursor of the feed: what comes before it. The link `next` of the feed carries it.',
  }),
  ...filters,
});

/** What changed, for feed readers. */
export function feedRoutes(app: App, context: ChangesContext): void {
  const path = `${FEED}.${form.extension}`;
  const description =
    'The newest changes, each with words, who made it and why. The link `next` leads to older ones. A feed ' +
    'reader that shows it needs a key where reads do.';

  app.get(path, {
    ...operation(
      inForm(changesDeclaration, form, {
        description,
        query,
        headers: z.object({ 'if-none-match': ifNoneMatchTag }),
      }),
    ),
    handler: async (request, reply) => {
      const asked = request.query;
      const { before, limit = DEFAULT_LIMIT } = asked;
      const place = before === undefined ? null : placeOfCursor(context.cursors, before, 'before');
      const { entries, older, register } = await context.store.read(async (tx) => {
        const wanted = await wantedChanges(tx, context.nouns.party, asked);
        return newestEntries(tx, context.nouns, place, limit, wanted);
      });
      const { before: _, ...sent } = rawQuery(asked);
      const to = (rel: string, parameters: Record<string, string>): Link => {
        const text = new URLSearchParams(parameters).toString();
        return { rel, type: bare(ATOM), href: text === '' ? path : `${path}?${text}` };
      };
      const text = atomText({
        name: `${register ?? ''} ${new URLSearchParams(sent)}`,
        title: 'Attested: changes',
        updated: entries[0]?.updated ?? NEVER,
        links: [
          to('self', rawQuery(asked)),
          to('first', sent),
          ...(older === null ? [] : [to('next', { ...sent, before: cursorOf(context, older) })]),
        ],
        entries,
      });
      return sendForm(request, reply, form, text, null);
    },
  });
}

/** Of a feed in which nothing stands, since Atom wants an instant. */
const NEVER = '1970-01-01T00:00:00Z';
