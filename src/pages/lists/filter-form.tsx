import type { z } from 'zod';
import { valuesOf } from '../../http/request/filters.js';
import { Carried } from '../frame/layout.js';
import { useVisit } from '../frame/visiting.js';
import { capital, plain } from '../frame/words.js';

interface Props {
  /** What the list takes, by the name of the parameter. */
  filters: z.ZodRawShape;
  /** Those that most people look for; the others stand behind them. */
  first: readonly string[];
  /** The orders of a list that can also be searched by words. */
  sorts?: readonly string[];
}

/** The filters of a list of the API as a form. What is chosen stands in the address, so that it can be kept and sent. */
export const FilterForm = ({ filters, first, sorts }: Props) => {
  const visit = useVisit();
  const { path, query } = visit;
  const rest = Object.keys(filters).filter((name) => !first.includes(name) && !carried.has(name));
  const isOpen = rest.some((name) => query[name] !== undefined);
  return (
    <form class="filters" action={path}>
      <Carried visit={visit} />
      {query.facets && <input type="hidden" name="facets" value={query.facets} />}
      <div class="fields">
        {sorts && <Words value={query.q} />}
        {first.map((name) => (
          <Field name={name} filter={filters[name] as z.ZodType} value={query[name]} />
        ))}
        {sorts && <Order sorts={sorts} value={query.sort} />}
        <button type="submit">Show</button>
      </div>
      {rest.length > 0 && (
        <details open={isOpen}>
          <summary>More filters</summary>
          <div class="fields">
            {rest.map((name) => (
              <Field name={name} filter={filters[name] as z.ZodType} value={query[name]} />
            ))}
          </div>
        </details>
      )}
    </form>
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
      <option value="">as recorded</option>
      {sorts.flatMap((name) =>
        ['-', ''].map((sign) => (
          <option value={sign + name} selected={value === sign + name}>
            {`${plain(name)}, ${sign === '-' ? 'highest first' : 'lowest first'}`}
          </option>
        )),
      )}
    </select>
  </label>
);

/** The control of time has them. */
const carried: ReadonlySet<string> = new Set(['as_of', 'known_by']);

interface FieldProps {
  name: string;
  filter: z.ZodType;
  value: string | undefined;
}

const Field = ({ name, filter, value }: FieldProps) => {
  const { description, examples } = filter.meta() ?? {};
  const values = valuesOf(filter);
  const title = description?.replaceAll('`', '');
  const label = capital(plain(name));
  if (values) {
    return (
      <label title={title}>
        {label}
        <select name={name}>
          <Options values={values} value={value} />
        </select>
      </label>
    );
  }
  const [example = ''] = (examples as unknown[] | undefined) ?? [];
  return (
    <label title={title}>
      {label}
      <input name={name} value={value} placeholder={String(example)} size={14} />
    </label>
  );
};

const Options = ({ values, value }: { values: readonly string[]; value: string | undefined }) => {
  // Several alternatives are one value of the address.
  const offered = value === undefined || values.includes(value) ? values : [...values, value];
  return (
    <>
      <option value="">any</option>
      {offered.map((one) => (
        <option value={one} selected={one === value}>
          {flagWords[one] ?? plain(one)}
        </option>
      ))}
    </>
  );
};

const flagWords: Record<string, string> = { true: 'yes', false: 'no' };
