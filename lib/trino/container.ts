/** The chart's own: Trino listens on it, and both Services have it. */
export const HTTP_PORT = 8080;

/** Where the image of Trino reads its configuration, and the chart mounts it. */
export const CONFIG_DIRECTORY = '/etc/trino';
