import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths } from './schema.js';

type Json = 'application/json';

type Init<Path extends keyof paths, Method extends HttpMethod> = MaybeOptionalInit<
  paths[Path],
  Method & keyof paths[Path]
>;

type Arguments<Given> = RequiredKeysOf<Given> extends never ? [init?: Given] : [init: Given];

/** The data of a success: what is no success is thrown. */
type Data<Path extends keyof paths, Method extends HttpMethod, Given> = Exclude<
  FetchResponse<paths[Path][Method & keyof paths[Path]] & Record<string, unknown>, Given, Json>['data'],
  undefined
>;

/** Sends a request of one method; the address decides what it takes and gives. */
export type Send<Method extends HttpMethod> = <
  Path extends PathsWithMethod<paths, Method>,
  Given extends Init<Path, Method>,
>(
  path: Path,
  ...init: Arguments<Given>
) => Promise<Data<Path, Method, Given>>;

interface Page {
  items: unknown[];
  next_cursor: string | null;
  has_more: boolean;
}

type PageOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer extends Page } } } };
}
  ? Answer
  : never;

/** Addresses of lists in pages. */
export type ListPath = { [Path in keyof paths]: PageOf<Path> extends never ? never : Path }[keyof paths];

export type PageAt<Path extends ListPath> = PageOf<Path>;
export type ItemAt<Path extends ListPath> = PageOf<Path>['items'][number];
export type ListInit<Path extends ListPath> = Init<Path, 'get'>;
export type ListArguments<Path extends ListPath> = Arguments<ListInit<Path>>;
