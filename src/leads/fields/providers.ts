/** As many providers as a lead may have. */
export const MOST_PROVIDERS = 9_999;
