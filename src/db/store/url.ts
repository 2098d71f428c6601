export const isPostgres = (url: string): boolean => /^postgres(ql)?:/.test(url);

/** The servers and the database of a URL, without the password, for messages. */
export const nameOf = (url: string): string => url.replace(/^\w+:\/\/(?:[^@/]*@)?([^?]*).*$/, '$1');
