import { mark, unmark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import type { Change } from '../lib/change.js';
import { bodyFailure, type Fault } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { refuseUnentitled } from '../provenance/entitlement.service.js';
import { refreshSpokenOf } from '../provenance/source-status.service.js';
import { refreshClaim } from '../provenance/standing.service.js';
import { contentOf } from '../register/documents.js';
import type { Stored } from '../register/noun.js';
import type { Version } from '../register/register.store.js';
import { type Locals, type Referring, resolveInput, resolveInputs } from '../register/resolve.js';
import { inputForms, type NounService } from '../register/service.js';
import { createObject, removeObject, restoreObject, updateStored } from '../register/write.js';
import { attributionNoun as noun } from './attribution.js';
import { attributionWarnings } from './attribution-warnings.service.js';
import type { AttributionInput } from './attributions.schemas.js';
import { forgetRetraction, targetsOf } from './attributions.store.js';

/** What a new row holds until `refreshClaim` has seen it. */
export const NEW_ROW = { height: 0, retracted_by_id: null };

/**
 * Resolves an attribution and holds it to the rules that only the register can check. With `locals`, the
 * set it stands in, it may refer to members of that set alone.
 */
async function preparedAttribution(
  tx: Tx,
  input: AttributionInput,
  at = '',
  locals?: Locals,
): Promise<AttributionInput> {
  const attribution = await resolveInput(tx, noun, input, at, locals);
  await refuseLinks(tx, attribution, at, locals);
  await refuseUnentitled(tx, attribution);
  return attribution;
}

/** The same of several that may refer to members of their sets alone. */
export async function preparedSet(
  tx: Tx,
  inputs: readonly Referring<AttributionInput>[],
): Promise<AttributionInput[]> {
  const attributions = await resolveInputs(tx, noun, inputs);
  for (const [i, attribution] of attributions.entries()) {
    await refuseLinks(tx, attribution, inputs[i]!.at, inputs[i]!.locals);
  }
  return attributions;
}

/** What it relays and answers is about the same, and stands there once. */
async function refuseLinks(
  tx: Tx,
  attribution: AttributionInput,
  at: string,
  locals: Locals | undefined,
): Promise<void> {
  const links = attribution.relays.map((to, i) => ({ pointer: `/relays/${i}`, id: unmark(to) }));
  if (attribution.in_reply_to !== null) {
    links.push({ pointer: '/in_reply_to', id: unmark(attribution.in_reply_to) });
  }
  await tx.yield();
  const faults = repeated(attribution.relays);
  for (const { pointer } of locals
    ? links.filter((link) => !locals.has(link.id))
    : await aboutOthers(tx, links, targetOf(attribution))) {
    faults.push({
      pointer,
      code: locals ? 'not_in_set' : 'other_claim',
      detail: locals
        ? 'this is none of the attributions sent with the claim; send it along, or leave the reference out'
        : 'this attribution is about something else; relay and answer attributions of the same claim',
    });
  }
  if (faults.length > 0)
    throw bodyFailure(faults.map((fault) => ({ ...fault, pointer: at + fault.pointer })));
}

type Link = { pointer: string; id: string };

/** An id, a key and a local name can mean the same attribution. */
function repeated(relays: string[]): Fault[] {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const [i, relayed] of relays.entries()) {
    if (seen.has(relayed)) {
      const detail = 'this attribution stands here twice';
      faults.push({ pointer: `/relays/${i}`, code: 'repeated_reference', detail });
    }
    seen.add(relayed);
  }
  return faults;
}

async function aboutOthers(tx: Tx, links: Link[], target: string): Promise<Link[]> {
  if (links.length === 0) return [];
  const targets = await targetsOf(
    tx,
    links.map((link) => link.id),
  );
  return links.filter((link) => targets.get(link.id) !== target);
}

const targetOf = (attribution: AttributionInput): string =>
  unmark((attribution.claim ?? attribution.about_source)!);

export function refuseSelf(attribution: AttributionInput, id: string, at = ''): void {
  const self = mark('attribution', id);
  const index = attribution.relays.indexOf(self);
  const pointer = index >= 0 ? `/relays/${index}` : attribution.in_reply_to === self ? '/in_reply_to' : null;
  if (pointer === null) return;
  throw bodyFailure([
    { pointer: at + pointer, code: 'self_reference', detail: 'an attribution cannot refer to itself' },
  ]);
}

export function attributionService(ids: Ids): NounService<AttributionInput> {
  async function refresh(tx: Tx, { doc }: Pick<Stored, 'doc'>): Promise<void> {
    const { claim, about_source } = contentOf(doc) as AttributionInput;
    if (claim) await refreshClaim(tx, unmark(claim));
    else await refreshSpokenOf(tx, unmark(about_source!));
  }

  return {
    async create(tx, change, input) {
      const prepared = await preparedAttribution(tx, input);
      const stored = await createObject(tx, change, noun, prepared, ids('attribution'), NEW_ROW);
      await refresh(tx, stored);
      return stored;
    },

    async update(tx, change, stored, input) {
      const result = await updateAttribution(tx, change, stored, await preparedAttribution(tx, input));
      if (result.changed) await refresh(tx, result.stored);
      return result;
    },

    async restore(tx, change, removal, input) {
      const stored = await restoreAttribution(tx, change, removal, await preparedAttribution(tx, input));
      await refresh(tx, stored);
      return stored;
    },

    async remove(tx, change, stored) {
      await removeObject(tx, change, noun, stored);
      await forgetRetraction(tx, stored.id);
      await refresh(tx, stored);
    },

    warnings: attributionWarnings,

    inputs: (tx, rows) => inputForms(tx, noun, rows),
  };
}

/** Changes a stored attribution; which claim or source it is about stays. */
export async function updateAttribution(
  tx: Tx,
  change: Change,
  stored: Stored,
  attribution: AttributionInput,
  at = '',
): Promise<{ stored: Stored; changed: boolean }> {
  refuseSelf(attribution, stored.id, at);
  refuseMove(stored, attribution);
  return updateStored(tx, change, noun, stored, attribution);
}

export async function restoreAttribution(
  tx: Tx,
  change: Change,
  removal: Version,
  attribution: AttributionInput,
  at = '',
): Promise<Stored> {
  refuseSelf(attribution, removal.object_id, at);
  refuseMove(removal, attribution);
  return restoreObject(tx, change, noun, removal, attribution, NEW_ROW);
}

function refuseMove(before: Pick<Stored, 'doc'>, attribution: AttributionInput): void {
  if (targetOf(contentOf(before.doc) as AttributionInput) === targetOf(attribution)) return;
  const detail = 'an attribution stays with what it is about; remove it and create another';
  throw bodyFailure([{ pointer: attribution.claim ? '/claim' : '/about_source', code: 'immutable', detail }]);
}
