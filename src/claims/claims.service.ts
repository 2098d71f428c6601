import { attributionType, type Said, saidIn } from '../attributions/attribution.js';
import { restoreAttributionsOf } from '../attributions/cascade.service.js';
import { attributionsOf, relaysOfClaim } from '../attributions/claim-attributions.store.js';
import { inlineInputs, newAttributions, replaceAttributions } from '../attributions/inline.service.js';
import { decodeReference, isReferenceToken } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append, groupBy, lookUp } from '../lib/collections.js';
import { together, validationError } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { valueTypeOf } from '../predicates/predicates.store.js';
import { freeTypes } from '../predicates/value.schemas.js';
import { drawConsequences } from '../provenance/consequences/consequences.service.js';
import { NOTHING_SAID } from '../provenance/graph/graph.js';
import { standingOf } from '../provenance/standing/standing.js';
import { standingPending, weighClaim, weighNew } from '../provenance/standing/standing.service.js';
import { foreseeTexts } from '../resources/alike-texts.js';
import { OneByOne } from '../resources/attempted.js';
import { deleteResources, type Going } from '../resources/removal.js';
import { type LocalIds, resolveInputs } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import {
  type ChangedStep,
  changedSteps,
  type ResourceService,
  resourceService,
} from '../resources/service.js';
import { type Changing, createObjects, type Draft, idFor } from '../resources/write.js';
import { claimType } from './claim.js';
import { claimDuplicates } from './claim-duplicates.service.js';
import { claimWarnings } from './claim-warnings.service.js';
import type { ClaimInput } from './claims.schemas.js';
import { opinionsOf, restoreOpinionsOf } from './opinions.service.js';

const FEW = 20;

/** A claim about which nobody has said anything yet. */
export const NEW_ROW = {
  last_said: null,
  attribution_count: 0,
  support: 'none',
  contested: false,
  self_denied: false,
  retracted: false,
  min_origins: 0,
  unnamed_only: false,
  unsourced: true,
  standing: JSON.stringify(standingOf(NOTHING_SAID)),
};

/** A value has the type that its predicate asks for. */
async function refuseMisfit(tx: Tx, { predicate, value }: ClaimInput): Promise<void> {
  if (predicate === null || !isReferenceToken(predicate) || freeTypes.some((type) => type === value.type))
    return;
  const key = decodeReference(predicate);
  const type = await valueTypeOf(tx, key);
  if (type === value.type) return;
  const detail = `values of ${key} have the type ${type}, not ${value.type}; write such a value, or choose another predicate`;
  throw validationError([{ pointer: '/value/type', code: 'wrong_value_type', detail }]);
}

/** Claims together with the attributions that stand in them. */
export function claimService(ids: Ids): ResourceService<ClaimInput> {
  const base = resourceService<ClaimInput>({
    ...{ noun: claimType, ids, columns: NEW_ROW },
    check: refuseMisfit,
  });

  /** With all that is computed about them, so that each row is written once. */
  async function createAll(tx: Tx, change: Change, inputs: readonly ClaimInput[]): Promise<ResourceRow[]> {
    const locals: LocalIds = new Map();
    const sets = inputs.map((input) => ({
      id: idFor(ids, claimType, input),
      items: input.attributions ?? [],
    }));
    const [resolved, attributions] = await together(
      async () => {
        const referring = inputs.map((input) => ({ input, at: '', locals }));
        return resolveInputs(tx, claimType, referring, (claim) => refuseMisfit(tx, claim));
      },
      () => newAttributions(tx, ids, sets),
    );
    const drafts = zip(resolved, sets).map(([input, { id }]) => ({ id, input }));
    const said = new Map<string, Said[]>();
    for (const { id, claim, input } of attributions) {
      await tx.yield();
      append(said, claim, saidIn(id, input));
    }
    const kept = await weighNew(
      tx,
      drafts.map(({ id, input: { subject } }) => ({
        subject: subject && decodeReference(subject),
        attributions: said.get(id) ?? [],
      })),
    );
    const computed = new Map(kept.flatMap((one) => [...one.attributions]));
    const ofClaim = groupBy(attributions, ({ claim }) => claim);
    // Each claim is recorded before its attributions, and these before the next claim.
    const inOrder: Draft[] = [];
    for (const [draft, { computed: ofIt }] of zip(drafts, kept)) {
      await tx.yield();
      inOrder.push({ noun: claimType, ...draft, extra: { ...ofIt } });
      for (const { id, input, at } of ofClaim.get(draft.id) ?? []) {
        inOrder.push({ noun: attributionType, id, input, at, extra: { ...computed.get(id) } });
      }
    }
    const stored = new Map((await createObjects(tx, change, inOrder)).map((row) => [row.id, row]));
    return drafts.map(({ id }) => lookUp(stored, id));
  }

  /** Makes the attributions of a claim the set that its input gives, if it does; tells whether they changed. */
  async function replaceSet(tx: Tx, change: Change, changes: readonly Changing<ClaimInput>[]) {
    const given = changes.filter(({ input }) => input.attributions !== undefined);
    if (given.length > 0 && changes.length > 1) throw new OneByOne();
    for (const { stored, input } of given) {
      if (await replaceAttributions(tx, change, ids, stored.id, input.attributions ?? [])) return true;
    }
    return false;
  }

  const settle = (tx: Tx, changed: readonly ChangedStep[]) =>
    drawConsequences(tx, { claims: changed.map(({ after }) => after.id) });

  return {
    createAll,

    async updateAll(tx, change, changes) {
      const [results, moved] = await together(
        () => base.updateAll(tx, change, changes),
        () => replaceSet(tx, change, changes),
      );
      const all = results.map((result) => ({ ...result, changed: result.changed || moved }));
      await settle(tx, changedSteps(changes, all));
      return all;
    },

    prepare: base.prepare,
    settle,

    async restore(tx, change, removal, input) {
      const [stored] = await together(
        () => base.restore(tx, change, removal, input),
        async () => {
          const { attributions } = input;
          if (attributions) await replaceAttributions(tx, change, ids, removal.object_id, attributions);
          else await restoreAttributionsOf(tx, change, removal);
        },
      );
      await restoreOpinionsOf(tx, change, removal);
      await drawConsequences(tx, { claims: [stored.id] });
      return stored;
    },

    async restoreAll(tx, change, restorings, options) {
      const rows = await base.restoreAll(tx, change, restorings, options);
      await drawConsequences(tx, { claims: rows.map(({ id }) => id) });
      return rows;
    },

    /** Each is recorded before what goes along with it. */
    async removeAll(tx, change, rows, { along = () => [] } = {}) {
      const going: Going[] = [];
      const opinions = await opinionsOf(
        tx,
        rows.map(({ id }) => id),
      );
      for (const row of rows) {
        const attributions = await attributionsOf(tx, row.id);
        going.push({ noun: claimType, objects: [row] }, { noun: attributionType, objects: attributions });
        going.push(...opinions(row.id), ...along(row.id));
      }
      await deleteResources(tx, change, ...going);
    },

    async current(tx, stored) {
      if (!(await standingPending(tx))) return stored;
      const { standing } = await weighClaim(tx, stored.id);
      return { ...stored, standing: JSON.stringify(standing) } as ResourceRow;
    },

    async extent(tx, stored) {
      const { attribution_count: attributions } = stored as ResourceRow & { attribution_count: number };
      // They relay each other: the relays of few are not worth a query.
      return { attributions, relays: attributions < FEW ? 0 : await relaysOfClaim(tx, stored.id) };
    },
    warnings: claimWarnings,
    duplicates: claimDuplicates,
    foresee: (tx, inputs) =>
      foreseeTexts(
        tx,
        'claim',
        inputs.map(({ text }) => text),
      ),
    sets: { attributions: attributionType },

    async inputs(tx, rows) {
      const forms = await base.inputs(tx, rows);
      const attributions = await inlineInputs(
        tx,
        rows.map((row) => row.id),
      );
      return zip(rows, forms).map(([{ id }, form]) => ({ ...form, attributions: attributions.get(id) }));
    },
  };
}
