/** Admiralty grades of a source, A reliable to F cannot be judged (NATO AJP-2.1). */
export const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
