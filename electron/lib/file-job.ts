/** Notes and a folder for one file that takes several requests. Both are gone when the file has come to its end. */
export interface Job {
  /** What was noted last; null: nothing yet. It survives the end of the program. */
  readonly notes: string | null;
  /** Notes something else instead; resolves when it is safe on the disk. */
  note(notes: string): Promise<void>;
  /** A folder for what has arrived so far, made when it is first asked for. */
  folder(): Promise<string>;
  /**
   * To be called with the bytes of each read that come over the network for the file, as the person may limit their
   * speed. A promise asks to take no more before it resolves.
   */
  arrived(bytes: number): Promise<void> | undefined;
}

/** A file that is ready: under a link, or to be written from bytes that can be read from the beginning each time. */
export type Prepared =
  | {
      readonly kind: 'link';
      readonly link: string;
      /** What the file is to be called, where that could not be known when it was listed. */
      readonly name?: string;
    }
  | {
      readonly kind: 'made';
      readonly bytes: () => AsyncIterable<Buffer>;
      /** The same, where it is other than listed. */
      readonly name?: string;
    };
