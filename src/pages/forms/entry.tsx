import type { ComponentChildren } from 'preact';

interface EntryProps {
  title: string;
  intro: ComponentChildren;
  /** Where the page leads when all is stored; `{id}` is what was written. */
  then: string;
  /** The button that sends it. */
  send: string;
  /** The object that is changed, as it is now: by its address in the API. */
  changes?: { api: string; version: number };
  /** A route of its own that takes the body; else the operations of the form go as one batch. */
  post?: string;
  children: ComponentChildren;
}

/**
 * A form that writes through the API, sent by a script with the key of who writes. The key stays in the tab of the
 * browser. All of it is stored, or nothing.
 */
export const Entry = ({ title, intro, then, send, changes, post, children }: EntryProps) => (
  <>
    <h1>{title}</h1>
    <p class="hint">{intro}</p>
    <noscript>
      <p>
        Entering needs scripts, which this browser does not run. The <a href="/docs">API</a> takes the same.
      </p>
    </noscript>
    <form
      class="entry"
      method="post"
      data-entry
      data-then={then}
      data-post={post}
      data-changes={changes?.api}
      data-version={changes?.version}
      // Until its script is there.
      aria-busy="true"
      novalidate
    >
      <div class="field ask-key">
        <label>
          <span>API key</span>
          <input type="password" data-entry-key autocomplete="off" placeholder="att_…" />
          <small>
            Whoever runs the register gives you one. It is kept in this tab alone, until you close it.
          </small>
        </label>
      </div>
      {children}
      <ul class="faults" data-faults />
      <p>
        <button type="submit">{send}</button>
      </p>
      {/* Behind the button, which Enter presses: storing all the same has to be chosen. */}
      <div class="check" data-similar />
      <p role="status" data-status />
    </form>
  </>
);

interface OperationProps {
  type: 'claim' | 'attribution' | 'assessment' | 'party' | 'source';
  /** The id of the object that is changed; without it one is created. */
  id?: string;
  /** Name by which other operations of the form refer to it. */
  local?: string;
  legend: string;
  children: ComponentChildren;
}

/** The fields of one object, which become one operation of the batch. */
export const Operation = ({ type, id, local, legend, children }: OperationProps) => (
  <fieldset class="group" data-operation={type} data-id={id} data-local={local}>
    <legend>{legend}</legend>
    {children}
  </fieldset>
);

/** A member of the body that the form does not ask for. */
export const Given = ({ name, value }: { name: string; value: string }) => (
  <input type="hidden" name={name} value={value} />
);
