/** The version in package.json: parts of a study are put together only if one version made them. */
export const VERSION = "0.1.0";
