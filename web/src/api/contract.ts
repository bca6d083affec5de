import type { paths } from "./schema.d.ts";

/** What the generated schema says of an endpoint, as the types of its call. */
export type Path = keyof paths & `/api/v1/${string}`;
export type Method = "get" | "post" | "put" | "patch" | "delete";

type Operation<At extends Path, By extends Method> = NonNullable<paths[At][By]>;

type Json<Answer> = Answer extends { content: { "application/json": infer Body } } ? Body : undefined;

/** The bodies of the answers that mean success. */
export type Answer<At extends Path, By extends Method> =
  Operation<At, By> extends { responses: infer Responses }
    ? { [Status in keyof Responses & (200 | 201 | 202 | 204)]: Json<Responses[Status]> }[keyof Responses &
        (200 | 201 | 202 | 204)]
    : never;

type Body<At extends Path, By extends Method> =
  Operation<At, By> extends { requestBody: { content: { "application/json": infer Sent } } }
    ? { body: Sent }
    : Operation<At, By> extends { requestBody?: { content: { "application/json": infer Sent } } }
      ? { body?: Sent }
      : { body?: never };

type InPath<At extends Path, By extends Method> =
  Operation<At, By> extends { parameters: { path: infer Names } } ? { path: Names } : { path?: never };

type InQuery<At extends Path, By extends Method> =
  Operation<At, By> extends { parameters: { query?: infer Names } } ? { query?: Names } : { query?: never };

export type Parameters<At extends Path, By extends Method> = Body<At, By> & InPath<At, By> & InQuery<At, By>;

/** The address of a call: names filled in, empty wishes left out. */
export function address(path: string, names: object = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((names as Record<string, unknown>)[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}
