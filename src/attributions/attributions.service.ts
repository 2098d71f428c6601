import { decodeReference, encodeReference, isReferenceToken } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { type FieldError, together, validationError } from '../lib/errors.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { Ids, ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { drawConsequences } from '../provenance/consequences/consequences.service.js';
import { refuseUnentitled } from '../provenance/withdrawals/entitlement.service.js';
import { OneByOne } from '../resources/attempted.js';
import { contentOf } from '../resources/documents.js';
import { refuseOtherKey, refuseOtherKeys } from '../resources/object-keys.js';
import { type Referring, resolveInputs } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import {
  changedIn,
  inputForms,
  localIds,
  plainRemovals,
  type ResourceService,
  type Step,
} from '../resources/service.js';
import { creationOf, keyOf, restorationOf, updateOf } from '../resources/write.js';
import { aboutOf, attributionType as noun } from './attribution.js';
import {
  attributionDuplicates,
  attributionWarnings,
  foreseeAttributions,
} from './attribution-warnings.service.js';
import type { AttributionInput } from './attributions.schemas.js';
import { forgetRetractions, targetsOf } from './attributions.store.js';

const NONE: ReadonlySet<string> = new Set();
const NO_NOUNS: ReadonlySet<ResourceName> = new Set();

/** What a new row holds until the consequences are drawn. */
export const NEW_ROW = { relay_depth: 0, retracted_by_id: null };

/** An attribution that is sent, and what is stored of it, or was removed. */
interface Sent {
  input: AttributionInput;
  before?: { id: string; content: AttributionInput };
}

/**
 * Resolves attributions and holds them to all rules. Those that are `coming` back in the same change are of the same claim or
 * source, as they were before.
 */
async function preparedAttributions(
  tx: Tx,
  all: readonly Sent[],
  coming: ReadonlySet<string> = NONE,
): Promise<AttributionInput[]> {
  const rules = (attribution: AttributionInput, { before }: Sent) =>
    together(
      () => refuseLinks(tx, attribution, before?.content ?? attribution, coming),
      () =>
        before && saysTheSame(attribution, before.content) ? undefined : refuseUnentitled(tx, attribution),
      () => before && refuseSelf(attribution, before.id),
      () => before && refuseMove(before.content, attribution),
    );
  const linked = all.flatMap(({ input: { relays, in_reply_to } }) => [...relays, in_reply_to ?? []].flat());
  const locals = localIds(
    noun,
    linked.filter((id) => coming.has(id)),
  );
  return resolveInputs(
    tx,
    noun,
    all.map((one) => ({ ...one, at: '', locals })),
    rules,
  );
}

/** Whether an attribution stays one of these words: who may say them was asked when it was written, and may be others by now. */
const saysTheSame = (one: AttributionInput, other: AttributionInput): boolean =>
  (['about_source', 'party', 'stance', 'in_reply_to'] as const).every(
    (member) => one[member] === other[member],
  );

/** The same of several with their ids, which may refer to members of their sets alone. */
export const preparedSet = (
  tx: Tx,
  inputs: readonly (Referring<AttributionInput> & { id: string })[],
): Promise<AttributionInput[]> =>
  resolveInputs(tx, noun, inputs, (attribution, { id, at, locals }) =>
    together(
      () => refuseLinks(tx, attribution, attribution, locals, at),
      () => refuseSelf(attribution, id, at),
    ),
  );

/**
 * What it relays and answers is about the same, and stands there once; what is lost is told elsewhere. Those of its `own` are
 * known to be; with a place `at`, in a set, there are no others.
 */
async function refuseLinks(
  tx: Tx,
  { relays, in_reply_to }: AttributionInput,
  about: AttributionInput,
  own: Pick<ReadonlySet<string>, 'has'>,
  at?: string,
): Promise<void> {
  const isSet = at !== undefined;
  await tx.yield();
  const links: Link[] = [];
  const add = (to: string, pointer: string) => {
    if (!isReferenceToken(to)) return;
    const id = decodeReference(to);
    if (!own.has(id)) links.push({ pointer, id });
  };
  for (const [i, to] of relays.entries()) add(to, `/relays/${i}`);
  if (in_reply_to !== null) add(in_reply_to, '/in_reply_to');
  const faults = repeated(relays);
  const foreign = isSet ? links : await aboutOthers(tx, links, about);
  for (const { pointer } of foreign) {
    faults.push({
      pointer,
      code: isSet ? 'not_in_set' : 'other_claim',
      detail: isSet
        ? 'this is none of the attributions sent with the claim; send it along, or leave the reference out'
        : 'this attribution is about something else; relay and answer attributions of the same claim',
    });
  }
  if (faults.length > 0)
    throw validationError(faults.map((fault) => ({ ...fault, pointer: (at ?? '') + fault.pointer })));
}

type Link = { pointer: string; id: string };

/** An id, a key and a local name can mean the same attribution. */
function repeated(relays: string[]): FieldError[] {
  const seen = new Set<string>();
  const faults: FieldError[] = [];
  for (const [i, relayed] of relays.entries()) {
    if (seen.has(relayed)) {
      const detail = 'this attribution stands here twice; name it once';
      faults.push({ pointer: `/relays/${i}`, code: 'repeated_reference', detail });
    }
    seen.add(relayed);
  }
  return faults;
}

async function aboutOthers(tx: Tx, links: Link[], about: AttributionInput): Promise<Link[]> {
  const { reference: target } = aboutOf(about);
  if (links.length === 0 || !isReferenceToken(target)) return [];
  const targets = await targetsOf(
    tx,
    links.map((link) => link.id),
  );
  return links.filter((link) => targets.get(link.id) !== decodeReference(target));
}

function refuseSelf(attribution: AttributionInput, id: string, at = ''): void {
  const self = encodeReference('attribution', id);
  const index = attribution.relays.indexOf(self);
  const pointer = index >= 0 ? `/relays/${index}` : attribution.in_reply_to === self ? '/in_reply_to' : null;
  if (pointer === null) return;
  throw validationError([
    {
      pointer: at + pointer,
      code: 'self_reference',
      detail: 'an attribution cannot refer to itself; leave this out',
    },
  ]);
}

export function attributionService(ids: Ids): ResourceService<AttributionInput> {
  async function refreshAll(tx: Tx, rows: readonly Pick<ResourceRow, 'doc'>[]): Promise<void> {
    const targets = { claim: new Set<string>(), source: new Set<string>() };
    for (const { doc } of rows) {
      const { noun, reference } = aboutOf(contentOf(doc) as AttributionInput);
      targets[noun].add(decodeReference(reference));
    }
    const { claim: claims, source: sources } = targets;
    await drawConsequences(tx, { claims, sources, statuses: sources });
  }

  return {
    ids,

    async creations(tx, inputs, newIds = ids) {
      const prepared = await preparedAttributions(
        tx,
        inputs.map((input) => ({ input })),
      );
      return mapInTurns(tx, prepared, (input) => [
        creationOf({ noun, id: newIds('attribution'), input, extra: NEW_ROW }),
      ]);
    },

    async changes(tx, changes, nouns = NO_NOUNS) {
      const sent = changes.map(({ stored, input }) => ({ input, before: asBefore(stored) }));
      const [, inputs] = await together(
        () => refuseOtherKeys(changes),
        () => preparedAttributions(tx, sent),
      );
      // Who may withdraw a source depends on these.
      const isMoving = nouns.has('source') || nouns.has('party');
      if (isMoving && inputs.some(({ about_source }) => about_source !== null)) throw new OneByOne();
      return mapInTurns(tx, zip(changes, inputs), ([{ stored }, input]) => updateOf({ noun, stored, input }));
    },

    async restorations(tx, restorings, { coming }) {
      const sent = restorings.map(({ removal, input }) => ({
        input,
        before: asBefore({ id: removal.object_id, doc: removal.doc }),
      }));
      const [, inputs] = await together(
        () => {
          for (const { removal, input } of restorings) refuseOtherKey(keyOf(removal), input);
        },
        () => preparedAttributions(tx, sent, coming),
      );
      return mapInTurns(tx, zip(restorings, inputs), ([{ removal }, input]) => [
        restorationOf(noun, { removal, input }, NEW_ROW),
      ]);
    },

    removals: (tx, rows, options) => plainRemovals(tx, noun, rows, options),

    async settle(tx, steps) {
      refuseAnswers(steps);
      const gone = steps.flatMap(({ operation, before }) =>
        operation === 'remove' && before ? before.id : [],
      );
      if (gone.length > 0) await forgetRetractions(tx, gone);
      await refreshAll(
        tx,
        steps.flatMap(({ before, after }) => after ?? before ?? []),
      );
    },

    extent: async (_tx, { doc }) => ({
      attributions: 1,
      relays: (contentOf(doc) as AttributionInput).relays.length,
    }),
    warnings: attributionWarnings,
    duplicates: attributionDuplicates,
    lookAhead: foreseeAttributions,

    inputs: (tx, rows) => inputForms(tx, noun, rows),
  };
}

const asBefore = ({ id, doc }: Pick<ResourceRow, 'id' | 'doc'>) => ({
  id,
  content: contentOf(doc) as AttributionInput,
});

/** Who may answer another depends on the party of that one. */
function refuseAnswers(steps: readonly Step[]): void {
  const changed = new Set(changedIn(steps).map(({ after }) => encodeReference('attribution', after.id)));
  const answers = steps.flatMap(({ after }) => (after ? contentOf(after.doc).in_reply_to : []));
  if (answers.some((to) => changed.has(to as string))) throw new OneByOne();
}

/** Which claim or source it is about stays. */
function refuseMove(before: AttributionInput, attribution: AttributionInput): void {
  const about = aboutOf(attribution);
  if (!isReferenceToken(about.reference) || about.reference === aboutOf(before).reference) return;
  const detail =
    'what an attribution is about is no member to change; POST /v1/attributions/{id}/move moves it to another claim';
  throw validationError([
    { pointer: about.noun === 'claim' ? '/claim' : '/about_source', code: 'immutable', detail },
  ]);
}
