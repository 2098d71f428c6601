import type { ComponentChildren } from 'preact';
import { capital, plain } from '../frame/words.js';

/**
 * Fields of the forms that write. The name of a field is the JSON pointer of its member in what is sent, so that an
 * error of the API finds the field that it is about.
 */

interface Named {
  name: string;
  label: string;
  hint?: string | undefined;
  required?: boolean;
}

interface TextProps extends Named {
  value?: string | null | undefined;
  /** Tall fields take several lines. */
  tall?: boolean;
  /** An EDTF date: it is checked when it was typed. */
  date?: boolean;
  /** What the member is, where it is no text: words of a list are separated by spaces or commas. */
  as?: 'number' | 'list';
}

export const TextField = ({ name, label, hint, required, value, tall, date, as }: TextProps) => (
  <Field label={label} hint={hint} required={required}>
    {tall ? (
      <textarea name={name} rows={3} aria-required={required} dir="auto">
        {value}
      </textarea>
    ) : (
      <input
        name={name}
        value={value ?? undefined}
        aria-required={required}
        dir="auto"
        autocomplete="off"
        data-check={date}
        data-as={as}
      />
    )}
  </Field>
);

interface ChoiceProps extends Named {
  /** Codes of the API, or codes with other words. */
  options: readonly (string | readonly [code: string, words: string])[];
  /** The words for leaving it out; without them one has to be chosen. */
  none?: string;
  /** The member is a number. */
  number?: boolean;
  /** Parts of the form are shown by what is chosen. */
  shows?: boolean;
}

export const Choice = ({ name, label, hint, required, options, none, number, shows }: ChoiceProps) => (
  <Field label={label} hint={hint} required={required}>
    <select name={name} aria-required={required} data-as={number ? 'number' : undefined} data-shows={shows}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map((option) => {
        const [code, words] = typeof option === 'string' ? [option, capital(plain(option))] : option;
        return <option value={code}>{words}</option>;
      })}
    </select>
  </Field>
);

/** A member that is true or false; left as it is, it is not sent. */
export const Tick = ({ name, label }: { name: string; label: string }) => (
  <div class="field">
    <label class="tick">
      <input type="checkbox" name={name} data-as="flag" />
      <span>{label}</span>
    </label>
  </div>
);

interface ObjectProps extends Named {
  noun: 'party' | 'source' | 'claim' | 'predicate';
  /** What sets the ids of this field apart: rows are copied. */
  n: string;
  /** It has to be in the register already. */
  isKnown?: boolean;
}

/** An object of the register, found while its name is typed; a party or a source can be entered along with it. */
export const ObjectField = ({ name, label, hint, required, noun, n, isKnown }: ObjectProps) => {
  const list = `found-${n}-${name.slice(1).replaceAll('/', '-')}`;
  return (
    <Field
      label={label}
      hint={hint}
      required={required}
      beside={
        <>
          <datalist id={list} />
          {(noun === 'party' || noun === 'source') && !isKnown && (
            <button type="button" class="quiet" data-new={noun} aria-label={`New ${noun}: ${label}`}>
              New {noun}
            </button>
          )}
        </>
      }
    >
      <input
        name={name}
        list={list}
        aria-required={required}
        dir="auto"
        autocomplete="off"
        data-choose={noun}
      />
    </Field>
  );
};

interface FieldProps {
  label: string;
  hint?: string | undefined;
  required?: boolean | undefined;
  beside?: ComponentChildren;
  children: ComponentChildren;
}

/** A label around its field; errors are put behind it. */
const Field = ({ label, hint, required, beside, children }: FieldProps) => (
  <div class="field">
    {/* biome-ignore lint/a11y/noLabelWithoutControl: the children are its field */}
    <label>
      <span>
        {label}
        {required && <span> (needed)</span>}
      </span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
    {beside}
  </div>
);

/** Fields that are seldom needed. An error in one opens it. */
export const More = ({ of, children }: { of: string; children: ComponentChildren }) => (
  <details class="more">
    <summary>{of}</summary>
    {children}
  </details>
);

export const DATE_HINT =
  'A date as it is known: 2024, 2024-03, 2024-03-05, 2024-03~ (about), 2024-01/2024-06 (from, to).';
