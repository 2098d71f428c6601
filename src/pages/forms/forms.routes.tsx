import type { ComponentChildren } from 'preact';
import type { App } from '../../http/openapi/operation.js';
import type { List } from '../../resources/list.js';
import { objectPageHandler, objectPageRoute, readObjectPage } from '../frame/object-page.routes.js';
import { objectOf } from '../frame/objects.service.js';
import type { Claim, FullAttribution, Party, Source } from '../frame/outputs.js';
import { pageRoute, sendPage, visitOf } from '../frame/page.js';
import type { Site } from '../frame/site.js';
import { placeOf } from '../parts/reference.js';
import { ClaimForm } from './claim-form.js';
import {
  AssessmentForm,
  AttributionForm,
  MergeForm,
  QuoteForm,
  SourceAttributionForm,
} from './mend-forms.js';

/** Pages on which people with a key enter and mend. They send what is typed to the API, which checks it as always. */
export function formPages(app: App, site: Site): void {
  const { lists } = site;

  app.get('/claims/new', {
    ...pageRoute('point'),
    handler: async (request, reply) =>
      sendPage(request, reply, visitOf(request, site.origin), {
        title: 'Enter a claim',
        path: '/claims/new',
        section: '/claims',
        body: <ClaimForm />,
      }),
  });

  /** A form about an object, as it is now. */
  function formOf<Output>(
    path: string,
    list: List,
    title: string,
    body: (object: Output) => ComponentChildren,
  ) {
    app.get(path, {
      ...objectPageRoute('range'),
      handler: objectPageHandler(site, async (site, request, reply) => {
        const { visit, data } = await readObjectPage(site, list, request, reply, (tx, id) =>
          objectOf<Output>(tx, list, id),
        );
        return { visit, page: { title, body: body(data.object) } };
      }),
    });
  }

  formOf<Claim>('/claims/:id/attributions/new', lists.claim, 'Add a denial', (claim) => (
    <AttributionForm claim={claim} />
  ));
  formOf<Claim>('/claims/:id/assessments/new', lists.claim, 'Assess a claim', (claim) => (
    <AssessmentForm claim={claim} />
  ));
  formOf<FullAttribution>('/attributions/:id/quote', lists.attribution, 'Correct a quote', (said) => {
    const { page, anchor } = placeOf(said);
    return <QuoteForm said={said} back={page + anchor} />;
  });
  formOf<Source>('/sources/:id/attributions/new', lists.source, 'Add who denies a source', (source) => (
    <SourceAttributionForm source={source} />
  ));
  formOf<Party>('/parties/:id/merge', lists.party, 'Merge two parties', (party) => (
    <MergeForm noun="party" object={party} name={party.name} />
  ));
  formOf<Source>('/sources/:id/merge', lists.source, 'Merge two sources', (source) => (
    <MergeForm noun="source" object={source} name={source.title} />
  ));
  formOf<Claim>('/claims/:id/merge', lists.claim, 'Merge two claims', (claim) => (
    <MergeForm noun="claim" object={claim} name={claim.text} />
  ));
}
