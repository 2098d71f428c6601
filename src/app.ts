import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { assessmentRoutes } from './assessments/assessments.routes.js';
import { attributionRoutes } from './attributions/attributions.routes.js';
import { authRoutes } from './auth/auth.routes.js';
import { authenticator } from './auth/auth.service.js';
import { batchRoutes } from './batch/batch.routes.js';
import { claimRoutes } from './claims/claims.routes.js';
import type { Config } from './config.js';
import { cursorSecret } from './db/settings.js';
import type { Store } from './db/store.js';
import { changesRoutes } from './history/changes.routes.js';
import { historyRoutes } from './history/history.routes.js';
import { streamRoutes } from './history/stream.routes.js';
import { registerGuard } from './http/guard.js';
import type { ExportLimits } from './http/open-exports.js';
import { registerDocs, registerOpenApi } from './http/openapi.js';
import { overviewRoutes } from './http/overview.routes.js';
import { Cursors } from './http/paging.js';
import { buildServer } from './http/server.js';
import { serviceRoutes } from './http/service.routes.js';
import type { Clock } from './lib/clock.js';
import type { Ids } from './lib/ids.js';
import { matchRoutes } from './parties/names/match.routes.js';
import { partyRoutes } from './parties/parties.routes.js';
import { predicateRoutes } from './predicates/predicates.routes.js';
import { conflictRoutes } from './provenance/conflicts.routes.js';
import { dependentsRoutes } from './provenance/dependents.routes.js';
import { estimateRoutes } from './provenance/estimates.routes.js';
import { provenanceRoutes } from './provenance/provenance.routes.js';
import { startStandingQueue } from './provenance/queue.js';
import { sentenceRoutes } from './provenance/sentence.routes.js';
import { standingRoutes } from './provenance/standing.routes.js';
import { timelineRoutes } from './provenance/timeline.routes.js';
import { relationRoutes } from './relations/relations.routes.js';
import { openRenderer } from './rendering/pool.js';
import { nouns, services } from './services.js';
import { citationRoutes } from './sources/citation/citation.routes.js';
import { sourceRoutes } from './sources/sources.routes.js';

export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export interface AppOptions {
  config: Pick<Config, 'openReads' | 'corsOrigins'> & Partial<Pick<Config, 'hostNames' | 'publicUrl'>>;
  store: Store;
  clock: Clock;
  ids: Ids;
  logger: FastifyBaseLogger;
  /** Left out: those of a service. */
  exportLimits?: ExportLimits | undefined;
}

/** The only wiring: what every route needs, in the order in which a request meets it. */
export async function buildApp({
  config,
  store,
  clock,
  ids,
  logger,
  exportLimits,
}: AppOptions): Promise<FastifyInstance> {
  const app = await buildServer({
    logger,
    corsOrigins: config.corsOrigins,
    hostNames: config.hostNames,
    exportLimits,
  });
  registerGuard(app, { openReads: config.openReads, authenticate: authenticator(store, clock) });
  await registerOpenApi(app, version, config.publicUrl ?? '/');
  await registerDocs(app);

  const renderer = openRenderer(logger);
  app.addHook('onClose', renderer.close);
  const queue = startStandingQueue(store, clock, app.log);
  app.addHook('onClose', queue.close);
  const context = { store, clock, nouns, cursors: new Cursors(await cursorSecret(store)) };
  const { parties, sources, predicates, claims, attributions, relations, assessments } = services(ids);
  serviceRoutes(app, { version, check: store.check });
  overviewRoutes(app);
  partyRoutes(app, context, parties);
  matchRoutes(app, context);
  sourceRoutes(app, context, sources);
  citationRoutes(app, { ...context, renderer });
  predicateRoutes(app, context, predicates);
  claimRoutes(app, context, { claims, attributions });
  attributionRoutes(app, context, attributions);
  relationRoutes(app, context, relations);
  assessmentRoutes(app, context, assessments);
  standingRoutes(app, { ...context, renderer });
  dependentsRoutes(app, { ...context, renderer });
  conflictRoutes(app, context);
  timelineRoutes(app, { ...context, renderer });
  sentenceRoutes(app, { ...context, renderer });
  historyRoutes(app, context);
  provenanceRoutes(app, { ...context, renderer });
  estimateRoutes(app, { ...context, renderer });
  changesRoutes(app, context);
  streamRoutes(app, context);
  batchRoutes(app, {
    ...context,
    kinds: {
      party: { noun: nouns.party, service: parties },
      source: { noun: nouns.source, service: sources },
      predicate: { noun: nouns.predicate, service: predicates },
      claim: { noun: nouns.claim, service: claims },
      attribution: { noun: nouns.attribution, service: attributions },
      relation: { noun: nouns.relation, service: relations },
      assessment: { noun: nouns.assessment, service: assessments },
    },
  });
  authRoutes(app, { ...context, ids });
  return app;
}
