/** The replica was found damaged and has been emptied: whoever meets this takes in the log again and starts over. */
export class ReplicaDamaged extends Error {
  override readonly name = 'ReplicaDamaged';
}
