import type { Language } from '../http/preferences.ts';

/** The same words in each language: texts, and functions that make one. */
export type Texts<T> = Readonly<Record<Language, T>>;
