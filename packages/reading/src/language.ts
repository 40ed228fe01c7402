/** Languages in which an entry is told. */
export type Language = 'en' | 'nl';
