declare module 'pg-cursor' {
  import type { Connection, Submittable } from 'pg';

  export default class Cursor implements Submittable {
    constructor(text: string, values?: readonly unknown[]);
    submit(connection: Connection): void;
    read(count: number): Promise<unknown[]>;
    read(count: number, callback: (error: unknown, rows: unknown[]) => void): void;
    close(): Promise<void>;
  }
}
