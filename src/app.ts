import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { assessmentRoutes } from './assessments/assessments.routes.js';
import { attributionRoutes } from './attributions/attributions.routes.js';
import { moveRoutes } from './attributions/moves.routes.js';
import { authRoutes } from './auth/auth.routes.js';
import { authenticator } from './auth/auth.service.js';
import { batchRoutes } from './batch/batch.routes.js';
import { revertRoutes } from './batch/revert.routes.js';
import { claimReviewRoutes } from './claimreview/claimreview.routes.js';
import { claimRoutes } from './claims/claims.routes.js';
import type { Config } from './config.js';
import { type Limits, limited } from './db/store/limits.js';
import { cursorSecret } from './db/store/settings.js';
import type { ReadStore, Store } from './db/store/store.js';
import { duplicateRoutes } from './duplicates/duplicates.routes.js';
import { feedRoutes } from './feeds/feed.routes.js';
import { changesRoutes } from './history/changes.routes.js';
import { historyRoutes } from './history/history.routes.js';
import { streamRoutes } from './history/stream.routes.js';
import { registerOpenApi } from './http/openapi/openapi.js';
import { Cursors } from './http/request/paging.js';
import type { ExportLimits } from './http/response/open-exports.js';
import { registerCosts, type Workers } from './http/server/costs.js';
import { registerGuard } from './http/server/guard.js';
import { overviewRoutes } from './http/server/overview.routes.js';
import { buildServer } from './http/server/server.js';
import { serviceRoutes } from './http/server/service.routes.js';
import { judgementRoutes } from './judgements/judgements.routes.js';
import { type Clock, systemClock } from './lib/clock.js';
import { type Ids, newId } from './lib/ids.js';
import { mergeRoutes } from './merges/merges.routes.js';
import { docsPages } from './pages/docs/docs.routes.js';
import { assetRoutes } from './pages/frame/assets.routes.js';
import { registerPages } from './pages/pages.routes.js';
import { matchRoutes } from './parties/match.routes.js';
import { partyRoutes } from './parties/parties.routes.js';
import { predicateRoutes } from './predicates/predicates.routes.js';
import { conflictRoutes } from './provenance/conflicts/conflicts.routes.js';
import { estimateRoutes } from './provenance/conflicts/estimates.routes.js';
import { standingRoutes } from './provenance/explanation/standing.routes.js';
import { dependentsRoutes } from './provenance/impact/dependents.routes.js';
import { provenanceRoutes } from './provenance/provenance.routes.js';
import { sentenceRoutes } from './provenance/sentence/sentence.routes.js';
import { startStandingQueue } from './provenance/standing/queue.js';
import { timelineRoutes } from './provenance/timeline/timeline.routes.js';
import { reconcileEntityRoutes } from './reconcile/entities.routes.js';
import { reconcileRoutes } from './reconcile/reconcile.routes.js';
import { reconcileSuggestRoutes } from './reconcile/suggest.routes.js';
import { relationRoutes } from './relations/relations.routes.js';
import { nouns, services } from './resource-types/services.js';
import { searchRoutes } from './search/search.routes.js';
import { suggestRoutes } from './search/suggest.routes.js';
import { citationRoutes } from './sources/citation.routes.js';
import { sourceRoutes } from './sources/sources.routes.js';
import { version } from './version.js';
import { fullRenderer, type Renderer, shortRenderer } from './workers/renderer.js';

export interface AppOptions {
  config: Pick<Config, 'openReads' | 'corsOrigins'> & Partial<Pick<Config, 'hostNames' | 'publicUrl'>>;
  store: Store;
  clock: Clock;
  ids: Ids;
  logger: FastifyBaseLogger;
  /** What a read may take here. */
  limits: Limits;
  /** Where reads go that would take more. */
  workers: Workers;
  /** What exports and writes may take; left out, as much as in a service. */
  exportLimits?: ExportLimits | undefined;
  writeMs?: number | undefined;
}

/** The only wiring: what every route needs, in the order in which a request meets it. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, store, clock, ids, logger, limits, workers, exportLimits, writeMs } = options;
  const app = await buildServer({
    logger,
    corsOrigins: config.corsOrigins,
    hostNames: config.hostNames,
    exportLimits,
  });
  registerGuard(app, { openReads: config.openReads, authenticate: authenticator(store, clock) });
  registerCosts(app, workers);
  const queue = startStandingQueue(store, clock, app.log);
  app.addHook('onClose', queue.close);
  await registerRoutes(app, {
    store,
    limits,
    clock,
    ids,
    cursors: new Cursors(await cursorSecret(store)),
    renderer: shortRenderer,
    origin: config.publicUrl ?? '',
    openReads: config.openReads,
    writeMs,
  });
  return app;
}

interface ReaderOptions {
  store: ReadStore;
  limits: Limits;
  cursorSecret: string;
  /** Null where the service does not know under which address clients reach it. */
  publicUrl?: string | null;
  clock?: Clock;
  logger: FastifyBaseLogger;
}

/** What a worker runs: the same routes, of which it is asked those for reads, which were let in before they came here. */
export async function buildReader(options: ReaderOptions): Promise<FastifyInstance> {
  const { limits, cursorSecret: secret, publicUrl, clock = systemClock, logger } = options;
  const app = await buildServer({ logger, corsOrigins: [] });
  registerGuard(app, { openReads: true, authenticate: async () => null });
  const refuse = () => Promise.reject(new Error('a worker only reads'));
  const store: Store = { ...options.store, write: refuse, maintain: refuse, check: refuse };
  app.addHook('onClose', store.close);
  await registerRoutes(app, {
    store,
    limits,
    clock,
    ids: newId,
    cursors: new Cursors(secret),
    renderer: fullRenderer,
    origin: publicUrl ?? '',
    openReads: true,
  });
  return app;
}

interface RoutesContext {
  store: Store;
  /** What a read may take. */
  limits: Limits;
  clock: Clock;
  ids: Ids;
  cursors: Cursors;
  renderer: Renderer;
  /** The address under which clients reach the service; empty where it does not know that. */
  origin: string;
  /** Whether reads need no key. */
  openReads: boolean;
  /** Milliseconds that a write may take. */
  writeMs?: number | undefined;
}

async function registerRoutes(
  app: FastifyInstance,
  { store, limits, ids, origin, openReads, ...shared }: RoutesContext,
): Promise<void> {
  await registerOpenApi(app, version, origin || '/');
  serviceRoutes(app, { check: store.check });
  overviewRoutes(app);
  assetRoutes(app);
  docsPages(app, origin);
  const context = { ...shared, store: limited(store, limits), nouns };
  const { parties, sources, predicates, claims, attributions, relations, assessments, judgements } =
    services(ids);
  const lists = {
    party: partyRoutes(app, context, parties),
    source: sourceRoutes(app, context, sources),
    predicate: predicateRoutes(app, context, predicates),
    claim: claimRoutes(app, context, { claims, attributions, sources }),
    attribution: attributionRoutes(app, context, attributions),
    relation: relationRoutes(app, context, relations),
    assessment: assessmentRoutes(app, context, assessments),
    judgement: judgementRoutes(app, context, judgements),
  };
  matchRoutes(app, context);
  citationRoutes(app, context);
  claimReviewRoutes(app, context);
  standingRoutes(app, context);
  dependentsRoutes(app, context);
  conflictRoutes(app, context);
  timelineRoutes(app, context);
  sentenceRoutes(app, context);
  historyRoutes(app, context);
  provenanceRoutes(app, context);
  estimateRoutes(app, context);
  changesRoutes(app, context);
  feedRoutes(app, context);
  searchRoutes(app, context);
  suggestRoutes(app, context);
  reconcileRoutes(app, context, { version, origin, openReads });
  reconcileSuggestRoutes(app, context);
  reconcileEntityRoutes(app, context);
  const writing = {
    ...context,
    kinds: {
      party: { noun: nouns.party, service: parties },
      source: { noun: nouns.source, service: sources },
      predicate: { noun: nouns.predicate, service: predicates },
      claim: { noun: nouns.claim, service: claims },
      attribution: { noun: nouns.attribution, service: attributions },
      relation: { noun: nouns.relation, service: relations },
      assessment: { noun: nouns.assessment, service: assessments },
      judgement: { noun: nouns.judgement, service: judgements },
    },
  };
  duplicateRoutes(app, writing);
  batchRoutes(app, writing);
  revertRoutes(app, writing);
  moveRoutes(app, context);
  mergeRoutes(app, { ...context, ids });
  authRoutes(app, { ...context, ids });
  await registerPages(app, { ...context, lists, origin });
  streamRoutes(app, { store, cursors: shared.cursors, nouns });
}
