/// The version of this program, such as `1.2.0`; `0.1.0-dev` for a build of no tagged commit.
const char *footfall_version(void);
