/** Short names for the shapes of the generated schema. Offsets count UTF-16 code units of a chapter's text. */
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type Annotation = Schemas["Annotation"];
export type Book = Schemas["Book"];
export type BookStatus = Schemas["BookStatus"];
export type Chapter = Schemas["Chapter"];
export type ChapterList = Schemas["Chapters"];
export type ChapterSummary = Schemas["ChapterSummary"];
export type Character = Schemas["Character"];
export type Colour = Schemas["Colour"];
export type Description = Schemas["Description"];
export type Job = Schemas["Job"];
export type NewAnnotation = Schemas["NewAnnotation"];
export type NewPosition = Schemas["NewPosition"];
export type Picture = Schemas["Picture"];
export type Position = Schemas["Position"];
export type Tokens = Schemas["Session"];
export type TocEntry = Schemas["TocEntry"];
export type User = Schemas["User"];
