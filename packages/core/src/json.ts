/** An object of JSON values. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A value that JSON can hold (RFC 8259 §3). */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
