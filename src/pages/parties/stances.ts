/** The stances of who says a claim, and of who says against it. */
export const saying = ['asserts', 'confirms', 'reports'];
export const denying = ['denies', 'disputes', 'retracts'];
