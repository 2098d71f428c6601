/** The present instant as RFC 3339 in UTC with milliseconds; injected so that tests can stop time. */
export type Clock = () => string;

export const systemClock: Clock = () => new Date().toISOString();
