import { listMembers } from './fields.ts';

/** More than this many tags on one answer are an error in the making, not a wish. */
const TAGS_MAX = 1000;

/** The tags of an answer; they compare without regard to case. */
export const tagsOf = (fields: Readonly<Record<string, string>>): string[] => [
  ...new Set(listMembers(fields['cache-tag']).slice(0, TAGS_MAX)),
];
