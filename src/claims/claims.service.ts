import { attributionType, type Said, saidIn } from '../attributions/attribution.js';
import { foreseeInline } from '../attributions/attribution-warnings.service.js';
import { attributionsBack, extentOfBack } from '../attributions/cascade.service.js';
import { attributionsOfClaims, relaysOfClaim } from '../attributions/claim-attributions.store.js';
import { inlineInputs, newAttributions, setWrites } from '../attributions/inline.service.js';
import type { GivenSet } from '../attributions/set-members.service.js';
import { decodeReference, isReferenceToken } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { append, groupBy, lookUp } from '../lib/collections.js';
import { together, validationError } from '../lib/errors.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { Ids } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { valueTypeOf } from '../predicates/predicates.store.js';
import { freeTypes } from '../predicates/value.schemas.js';
import { drawConsequences } from '../provenance/consequences/consequences.service.js';
import { NOTHING_SAID } from '../provenance/graph/graph.js';
import { standingOf } from '../provenance/standing/standing.js';
import { standingPending, weighClaim, weighNew } from '../provenance/standing/standing.service.js';
import { foreseeTexts } from '../resources/alike-texts.js';
import { contentOf } from '../resources/documents.js';
import { type LocalIds, resolveInputs } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import type { Version } from '../resources/resources.store.js';
import { type ResourceService, type Restoring, resourceService } from '../resources/service.js';
import { creationOf, idFor, removalOf } from '../resources/write.js';
import type { Write } from '../resources/write-objects.js';
import { foreseeOthers } from './alike.store.js';
import { claimType } from './claim.js';
import { claimDuplicates } from './claim-duplicates.service.js';
import { claimWarnings } from './claim-warnings.service.js';
import type { ClaimInput } from './claims.schemas.js';
import { opinionsBack, opinionsGoing } from './opinions.service.js';

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

/** The attributions that a claim is to have, if its input gives any. */
const givenSet = (claim: string, { attributions: items }: ClaimInput): GivenSet[] =>
  items === undefined ? [] : [{ claim, items }];

const removalsOf = (restorings: readonly Restoring<ClaimInput>[]): Version[] =>
  restorings.map(({ removal }) => removal);

/** Claims together with the attributions that stand in them. */
export function claimService(ids: Ids): ResourceService<ClaimInput> {
  const base = resourceService<ClaimInput>({
    ...{ noun: claimType, ids, columns: NEW_ROW },
    check: refuseMisfit,
  });

  /** With all that is computed about them, so that each row is written once. */
  async function creations(tx: Tx, inputs: readonly ClaimInput[], newIds = ids): Promise<Write[][]> {
    const locals: LocalIds = new Map();
    const sets = inputs.map((input) => ({
      claim: idFor(newIds, claimType, input),
      items: input.attributions ?? [],
    }));
    const [resolved, attributions] = await together(
      async () => {
        const referring = inputs.map((input) => ({ input, at: '', locals }));
        return resolveInputs(tx, claimType, referring, (claim) => refuseMisfit(tx, claim));
      },
      () => newAttributions(tx, newIds, sets),
    );
    const drafts = zip(resolved, sets).map(([input, { claim: id }]) => ({ id, input }));
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
    const byClaim = groupBy(attributions, ({ claim }) => claim);
    const writes: Write[][] = [];
    for (const [draft, { computed: ofIt }] of zip(drafts, kept)) {
      await tx.yield();
      const own = creationOf({ noun: claimType, ...draft, extra: { ...ofIt } });
      const ofClaim = (byClaim.get(draft.id) ?? []).map(({ id, input, at }) =>
        creationOf({ noun: attributionType, id, input, at, extra: { ...computed.get(id) } }),
      );
      writes.push([own, ...ofClaim]);
    }
    return writes;
  }

  return {
    ids,
    creations,

    async changes(tx, changes, nouns) {
      const given = changes.flatMap(({ stored, input }) => givenSet(stored.id, input));
      const [own, sets] = await together(
        () => base.changes(tx, changes, nouns),
        () => setWrites(tx, ids, given),
      );
      return zip(changes, own).map(([{ stored }, claim]) => [...claim, ...(sets.get(stored.id) ?? [])]);
    },

    async restorations(tx, restorings, options) {
      if (!options.withAlong) return base.restorations(tx, restorings, options);
      const given = restorings.flatMap(({ removal, input }) => givenSet(removal.object_id, input));
      const without = restorings.filter(({ input: { attributions } }) => attributions === undefined);
      const [own, sets, before] = await together(
        () => base.restorations(tx, restorings, options),
        () => setWrites(tx, ids, given),
        () => attributionsBack(tx, removalsOf(without)),
      );
      const opinions = await opinionsBack(tx, removalsOf(restorings));
      return zip(restorings, zip(own, opinions)).map(([{ removal }, [claim, ofIt]]) => {
        const id = removal.object_id;
        return [...claim, ...(sets.get(id) ?? lookUp(before, id)), ...ofIt];
      });
    },

    async removals(tx, rows) {
      const claims = rows.map(({ id }) => id);
      const opinions = await opinionsGoing(tx, claims);
      const attributions = await attributionsOfClaims(tx, claims);
      return mapInTurns(tx, rows, (claim) => {
        const ofIt = lookUp(attributions, claim.id).map((stored) => removalOf(attributionType, stored));
        return [removalOf(claimType, claim), ...ofIt, ...opinions(claim.id)];
      });
    },

    async settle(tx, steps) {
      // New ones were weighed before they were written.
      const weighed = steps.filter(({ operation }) => operation === 'update' || operation === 'restore');
      await drawConsequences(tx, { claims: weighed.flatMap(({ after }) => after?.id ?? []) });
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
    extentBack: extentOfBack,
    warnings: claimWarnings,
    duplicates: claimDuplicates,
    foresee: (tx, inputs, changing) =>
      foreseeTexts(
        tx,
        'claim',
        inputs.map(({ text }) => text),
        changing,
      ),
    async lookAhead(tx, all) {
      await foreseeOthers(
        tx,
        all.map(({ stored }) => ({ ...(contentOf(stored.doc) as ClaimInput), stored })),
      );
      await foreseeInline(
        tx,
        all.flatMap(({ input }) => input.attributions ?? []),
      );
    },
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
