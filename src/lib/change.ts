/** Who changes the register, why and when; stored with every version. */
export interface Change {
  /** Id of the API key, or `cli` for the command line. */
  actor: string;
  onBehalfOf: string | null;
  reason: string | null;
  requestId: string;
  /** The instant of the change, one for all that a request writes. */
  at: string;
}
