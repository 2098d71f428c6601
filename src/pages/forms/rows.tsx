import type { ComponentChildren, FunctionComponent } from 'preact';

export interface RowProps {
  /** The pointer of the member of the list. */
  at: string;
  /** Sets the ids of a row apart from those of others. */
  n: string;
}

interface RowsProps {
  /** The pointer of the list. */
  at: string;
  /** What one row holds, as its heading. */
  title: string;
  /** The button that adds one. */
  add: string;
  /** The fields of one row. */
  row: FunctionComponent<RowProps>;
  /** Whether a row is there from the start. */
  begun?: boolean;
}

/** A list of any length. The script copies the template, with the place of the row for `{i}` and a number for `{n}`. */
export const Rows = ({ at, title, add, row: Fields, begun }: RowsProps) => (
  <div class="rows" data-rows={at}>
    <template>
      <Row title={title}>
        <Fields at={`${at}/{i}`} n="{n}" />
      </Row>
    </template>
    <div data-list>
      {begun && (
        <Row title={title}>
          <Fields at={`${at}/0`} n="1" />
        </Row>
      )}
    </div>
    <p>
      <button type="button" class="quiet" data-add-row>
        {add}
      </button>
    </p>
  </div>
);

const Row = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <fieldset class="group" data-row>
    <legend>
      {title} <span data-place>1</span>
    </legend>
    {children}
    <button type="button" class="quiet" data-remove-row>
      Leave this one out
    </button>
  </fieldset>
);
