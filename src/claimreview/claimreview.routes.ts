import { z } from 'zod';
import { sendForm } from '../http/formats/forms.js';
import { type App, operation } from '../http/openapi/operation.js';
import { asOfQuery, readHeaders, storeAsOf } from '../http/request/as-of.js';
import { ENUM_NAME } from '../http/schemas/enum-names.js';
import { itemId } from '../http/schemas/parameters.js';
import { idOf, type ResourceContext } from '../resources/routes.js';
import { loadClaimReviews } from './claimreview.service.js';

const JSONLD = 'application/ld+json';

const ClaimReview = z
  .looseObject({
    '@type': z.string().meta({ description: 'Always `ClaimReview`.', examples: ['ClaimReview'] }),
  })
  .meta({
    id: 'ClaimReview',
    description: 'One review, with the members that https://schema.org/ClaimReview names.',
  });
const ClaimReviews = z
  .looseObject({
    '@context': z.string().meta({ description: 'What the members mean.', examples: ['https://schema.org'] }),
    '@graph': z.array(ClaimReview).meta({ description: 'The reviews, oldest first.' }),
  })
  .meta({
    id: 'ClaimReviews',
    description: 'Reviews of a claim as linked data: https://schema.org/ClaimReview.',
    examples: [{ '@context': 'https://schema.org', '@graph': [] }],
  });

const form = {
  extension: 'jsonld',
  title: 'JSON-LD',
  media: JSONLD,
  content: ClaimReviews,
  disposition: 'inline',
} as const;

const query = z.strictObject({
  author_type: z
    .enum(['Organization', 'Person'])
    .optional()
    .meta({
      [ENUM_NAME]: 'ReviewAuthorType',
      examples: ['Organization'],
      description: 'What the assessors are. Search engines ask for it, and an assessment does not tell it.',
    }),
  ...asOfQuery,
});

/** How analysts judge a claim, for sites and search engines that show fact checks. */
export function claimReviewRoutes(app: App, context: ResourceContext): void {
  app.get(`/v1/claims/:id/claimreview.${form.extension}`, {
    ...operation({
      scope: 'read',
      cost: 'range',
      tag: 'Assessments',
      operationId: 'getClaimReviewsJsonld',
      summary: 'The assessments of a claim as ClaimReview of schema.org',
      description:
        'One for each assessment with a verdict, or with a grade from 1 to 5: the first 100, oldest first. Who made the ' +
        'claim and where it appears comes from its first 100 attributions.',
      path: z.object({ id: itemId('claim') }),
      query,
      headers: z.object(readHeaders),
      success: {
        200: {
          description: 'The reviews as linked data.',
          media: { [JSONLD]: ClaimReviews },
          headers: {
            'content-disposition': z.string().meta({ description: 'A name for the file (RFC 6266).' }),
          },
        },
      },
      problems: ['not_found', 'gone'],
    }),
    handler: async (request, reply) => {
      const { author_type } = request.query;
      const reviews = await storeAsOf(context, request, reply).read((tx) =>
        loadClaimReviews(tx, idOf(request), author_type),
      );
      return sendForm(request, reply, form, JSON.stringify(reviews), null);
    },
  });
}
