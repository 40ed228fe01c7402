/** A token of the right shape. */
export const TOKEN: string = `zegel_${'0'.repeat(16)}_${'A'.repeat(43)}`;
