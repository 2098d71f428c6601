import { z } from 'zod';
import { Reference } from '../http/schemas/common.js';
import {
  currency,
  decimal,
  edtf,
  evidence,
  flag,
  label,
  optional,
  reference,
  region,
  whenSound,
} from '../http/schemas/fields.js';
import { compareDecimals, isDecimal } from '../lib/decimal.js';
import { nearest } from '../lib/nearest.js';

const as_stated = optional(evidence(1_000)).meta({ description: 'The wording of the source.' });

const exclusive = {
  lower: 'The number is above `lower`: "more than", "over".',
  upper: 'The number is below `upper`: "less than", "under".',
};
const amount = {
  value: optional(decimal),
  lower: optional(decimal),
  upper: optional(decimal),
  lower_exclusive: flag.meta({ description: exclusive.lower }),
  upper_exclusive: flag.meta({ description: exclusive.upper }),
  approximate: flag,
};
interface Amount {
  value: string | null;
  lower: string | null;
  upper: string | null;
  lower_exclusive: boolean;
  upper_exclusive: boolean;
}
const amountMembers = ['value', 'lower', 'upper', 'lower_exclusive', 'upper_exclusive'] as const;

/** Bounds in order, and the value between them; at least one number. */
function checkAmount(amount: Amount, context: z.RefinementCtx): void {
  const { value, lower, upper, lower_exclusive, upper_exclusive } = amount;
  const refuse = (member: string, code: string, message: string) =>
    context.addIssue({ code: 'custom', path: [member], message, params: { code } });
  if (value === null && lower === null && upper === null) {
    refuse('value', 'no_number', 'give value, lower or upper; for no number at all use {"type":"unknown"}');
  }
  for (const bound of ['lower', 'upper'] as const) {
    const exclusive = `${bound}_exclusive` as const;
    if (!amount[exclusive] || amount[bound] !== null) continue;
    refuse(
      exclusive,
      'no_bound',
      `there is no ${bound} that could be excluded; give ${bound}, or leave this out`,
    );
  }
  // What is no number has been refused already, and cannot be compared.
  if (![value, lower, upper].every((number) => number === null || isDecimal(number))) return;
  const above = (a: string | null, b: string | null, orSame = false) =>
    a !== null && b !== null && compareDecimals(a, b) >= (orSame ? 0 : 1);
  if (above(lower, upper)) refuse('lower', 'lower_above_upper', `lower ${lower} is above upper ${upper}`);
  else if (above(lower, value))
    refuse('value', 'value_below_lower', `value ${value} is below lower ${lower}`);
  else if (above(value, upper))
    refuse('value', 'value_above_upper', `value ${value} is above upper ${upper}`);
  else if (above(lower, upper, lower_exclusive || upper_exclusive))
    refuse('lower', 'empty_range', `no number lies between ${lower} and ${upper}, since a bound is excluded`);
  else if (above(lower, value, lower_exclusive))
    refuse('value', 'value_excluded', `value ${value} is excluded by lower_exclusive`);
  else if (above(value, upper, upper_exclusive))
    refuse('value', 'value_excluded', `value ${value} is excluded by upper_exclusive`);
}

const unsaidCurrency =
  'ISO 4217, current or former; null where the source does not say which, with `as_stated`.';

/** That the currency is not known has to follow from the words of the source. */
function checkCurrency(
  { currency, as_stated }: { currency: string | null; as_stated: string | null },
  context: z.RefinementCtx,
): void {
  if (currency !== null || as_stated !== null) return;
  const message =
    'give the currency, such as AFN; where the source does not say it, give its words for the amount in as_stated';
  context.addIssue({ code: 'custom', path: ['currency'], message, params: { code: 'missing_member' } });
}

const pers = ['day', 'week', 'month', 'year'] as const;
const directions = ['up', 'down', 'none'] as const;

const equivalentInput = z
  .strictObject({ ...amount, currency, as_stated })
  .superRefine(checkAmount, { when: whenSound(...amountMembers) })
  .meta({
    id: 'EquivalentInput',
    description: 'The same amount in another currency, as the source gives it.',
  });

const inputs = [
  z
    .strictObject({
      type: z.literal('quantity'),
      ...amount,
      unit: optional(label(64)),
      out_of: optional(decimal),
      as_stated,
    })
    .superRefine(checkAmount, { when: whenSound(...amountMembers) })
    .meta({
      id: 'QuantityValueInput',
      description: 'A number of things; one bound alone is allowed ("up to").',
    }),
  z
    .strictObject({
      type: z.literal('money'),
      ...amount,
      currency: optional(currency).meta({ description: unsaidCurrency }),
      per: optional(z.enum(pers)),
      equivalents: z.array(equivalentInput).max(20).optional().default([]),
      as_stated,
    })
    .superRefine(checkAmount, { when: whenSound(...amountMembers) })
    .superRefine(checkCurrency, { when: whenSound('currency', 'as_stated') })
    .meta({ id: 'MoneyValueInput' }),
  z
    .strictObject({
      type: z.literal('change'),
      direction: z.enum(directions),
      amount: optional(
        decimal.refine((text) => !text.startsWith('-'), 'direction says which way; give the size'),
      ),
      unit: optional(label(64)),
      baseline: optional(evidence(500)),
      as_stated,
    })
    .meta({ id: 'ChangeValueInput', description: 'A change against a baseline: up 65 percent on 2022.' }),
  z.strictObject({ type: z.literal('party'), party: reference, as_stated }).meta({ id: 'PartyValueInput' }),
  z
    .strictObject({ type: z.literal('place'), name: label(500), iso_3166: optional(region), as_stated })
    .meta({ id: 'PlaceValueInput' }),
  z.strictObject({ type: z.literal('date'), date: edtf, as_stated }).meta({ id: 'DateValueInput' }),
  z
    .strictObject({ type: z.literal('text'), text: evidence(5_000), as_stated })
    .meta({ id: 'TextValueInput' }),
  z
    .strictObject({ type: z.literal('unknown'), reason: optional(evidence(1_000)), as_stated })
    .meta({ id: 'UnknownValueInput', description: 'There is a value, and nobody says which.' }),
  z
    .strictObject({ type: z.literal('no_value'), as_stated })
    .meta({ id: 'NothingValueInput', description: 'It is claimed that there is none: nobody chairs it.' }),
  z.strictObject({ type: z.literal('none'), as_stated }).meta({ id: 'NoValueInput' }),
] as const;

const types = inputs.map((input) => input.shape.type.value);

function typeFault(input: unknown): string {
  const { type } = input as { type?: unknown };
  const near = typeof type === 'string' ? nearest(type, types) : null;
  return `${near === null ? '' : `did you mean ${near}? `}type must be one of ${types.join(', ')}`;
}

/** A bare number or text in the form of a value. */
function valueForm(input: unknown): string | undefined {
  if (typeof input !== 'number' && typeof input !== 'string') return undefined;
  const text = String(input);
  if (text.trim() === '') return undefined;
  const form = isDecimal(text)
    ? { type: 'quantity', value: text }
    : { type: 'text', text: text.slice(0, 100) };
  return `write ${JSON.stringify(form)}`;
}

export const ValueInput = z
  .discriminatedUnion('type', inputs, {
    error: (issue) => (issue.code === 'invalid_union' ? typeFault(issue.input) : valueForm(issue.input)),
  })
  .meta({ id: 'ValueInput' });

/** Types of values that fit every predicate. */
export const freeTypes = ['none', 'no_value', 'unknown'] as const;

export type ValueInput = z.infer<typeof ValueInput>;

const text = z.string().nullable();
const amountOut = {
  value: text,
  lower: text,
  upper: text,
  lower_exclusive: z.boolean().meta({ description: exclusive.lower }),
  upper_exclusive: z.boolean().meta({ description: exclusive.upper }),
  approximate: z.boolean(),
};

export const Value = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('quantity'), ...amountOut, unit: text, out_of: text, as_stated: text })
      .meta({ id: 'QuantityValue' }),
    z
      .strictObject({
        type: z.literal('money'),
        ...amountOut,
        currency: z.string().nullable().meta({ description: unsaidCurrency }),
        per: z.enum(pers).nullable(),
        equivalents: z.array(
          z.strictObject({ ...amountOut, currency: z.string(), as_stated: text }).meta({ id: 'Equivalent' }),
        ),
        as_stated: text,
      })
      .meta({ id: 'MoneyValue' }),
    z
      .strictObject({
        type: z.literal('change'),
        direction: z.enum(directions),
        amount: text,
        unit: text,
        baseline: text,
        as_stated: text,
      })
      .meta({ id: 'ChangeValue' }),
    z
      .strictObject({ type: z.literal('party'), party: Reference, as_stated: text })
      .meta({ id: 'PartyValue' }),
    z
      .strictObject({ type: z.literal('place'), name: z.string(), iso_3166: text, as_stated: text })
      .meta({ id: 'PlaceValue' }),
    z.strictObject({ type: z.literal('date'), date: z.string(), as_stated: text }).meta({ id: 'DateValue' }),
    z.strictObject({ type: z.literal('text'), text: z.string(), as_stated: text }).meta({ id: 'TextValue' }),
    z
      .strictObject({ type: z.literal('unknown'), reason: text, as_stated: text })
      .meta({ id: 'UnknownValue' }),
    z.strictObject({ type: z.literal('no_value'), as_stated: text }).meta({ id: 'NothingValue' }),
    z.strictObject({ type: z.literal('none'), as_stated: text }).meta({ id: 'NoValue' }),
  ])
  .meta({
    id: 'Value',
    description: 'What is claimed, never null; numbers are decimal strings, kept exactly.',
  });
