import type { z } from 'zod';
import { nounOf, valuesOf } from '../../http/request/filters.js';
import { Carried } from '../frame/layout.js';
import { useVisit } from '../frame/visiting.js';
import { capital, plain } from '../frame/words.js';
import { choiceWords } from './choice-words.js';
import { orderWords } from './order-words.js';

interface Props {
  /** What the list takes, by the name of the parameter. */
  filters: z.ZodRawShape;
  /** Those that most people look for; the others stand behind them. */
  first: readonly string[];
  /** The orders of a list that can also be searched by words. */
  sorts?: readonly string[];
  /** Values that can be offered of filters that take any text, by the name of the parameter. */
  known?: Readonly<Record<string, readonly string[]>>;
}

/** The filters of a list of the API as a form. What is chosen stands in the address, so that it can be kept and sent. */
export const FilterForm = ({ filters, first, sorts, known = {} }: Props) => {
  const visit = useVisit();
  const { path, query } = visit;
  const rest = Object.keys(filters).filter((name) => !first.includes(name) && !carried.has(name));
  const isOpen = rest.some((name) => query[name] !== undefined);
  // On a narrow screen the form would stand in front of what it filters: there it is folded, by the style alone.
  return (
    <details class="filters">
      <summary>{sorts ? 'Filters and order' : 'Filters'}</summary>
      <form action={path}>
        <Carried visit={visit} />
        {query.facets && <input type="hidden" name="facets" value={query.facets} />}
        <div class="fields">
          {sorts && <Words value={query.q} />}
          {first.map((name) => (
            <Field name={name} filter={filters[name] as z.ZodType} value={query[name]} known={known[name]} />
          ))}
          {sorts && <Order sorts={sorts} value={query.sort} />}
          <button type="submit">Show</button>
        </div>
        {rest.length > 0 && (
          <details open={isOpen}>
            <summary>More filters</summary>
            <div class="fields">
              {rest.map((name) => (
                <Field
                  name={name}
                  filter={filters[name] as z.ZodType}
                  value={query[name]}
                  known={known[name]}
                />
              ))}
            </div>
          </details>
        )}
      </form>
    </details>
  );
};

const Words = ({ value }: { value: string | undefined }) => (
  <label>
    Words
    <input type="search" name="q" value={value} />
  </label>
);

const Order = ({ sorts, value }: { sorts: readonly string[]; value: string | undefined }) => (
  <label>
    Order
    <select name="sort">
      <option value="">oldest first</option>
      {sorts
        .flatMap((name) => orderWords(name))
        .filter(([order]) => order !== 'id')
        .map(([order, words]) => (
          <option value={order} selected={value === order}>
            {words}
          </option>
        ))}
    </select>
  </label>
);

/** The control of time has them. */
const carried: ReadonlySet<string> = new Set(['as_of', 'known_by']);

interface FieldProps {
  name: string;
  filter: z.ZodType;
  value: string | undefined;
  known?: readonly string[] | undefined;
}

const Field = ({ name, filter, value, known }: FieldProps) => {
  const { description, examples } = filter.meta() ?? {};
  const values = valuesOf(filter);
  const title = description?.replaceAll('`', '');
  const label = name === 'sort' ? 'Order' : capital(plain(name));
  if (values) {
    return (
      <label title={title}>
        {label}
        <select name={name}>
          <Options
            name={name}
            values={values}
            value={value}
            none={name === 'sort' ? 'oldest first' : 'any'}
          />
        </select>
      </label>
    );
  }
  const [example = ''] = (examples as unknown[] | undefined) ?? [];
  const noun = nounOf(filter);
  const list = known && known.length > 0 ? `${name}-known` : undefined;
  return (
    <div class="field">
      <label title={title}>
        {label}
        <input
          name={name}
          value={value}
          placeholder={String(example)}
          size={14}
          list={list}
          autocomplete={noun ? 'off' : undefined}
          data-suggest={noun ? '/v1/suggest' : undefined}
          data-type={noun ?? undefined}
        />
      </label>
      {list && (
        <datalist id={list}>
          {known!.map((one) => (
            <option value={one} />
          ))}
        </datalist>
      )}
    </div>
  );
};

interface OptionsProps {
  name: string;
  values: readonly string[];
  value: string | undefined;
  /** What nothing chosen means. */
  none: string;
}

const Options = ({ name, values, value, none }: OptionsProps) => {
  // Several alternatives are one value of the address.
  const offered = value === undefined || values.includes(value) ? values : [...values, value];
  return (
    <>
      <option value="">{none}</option>
      {offered.map((one) => (
        <option value={one} selected={one === value}>
          {choiceWords(name, one)}
        </option>
      ))}
    </>
  );
};
