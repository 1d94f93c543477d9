/**
 * A journalist's secrets: the long-term keys, and the prekeys that are made ahead and erased behind (docs/spec 1.3, 1.6,
 * 1.8).
 *
 * <p>Start with {@link org.lamplighter.core.journalist.JournalistKeys}. Exported to the desk alone.
 */
package org.lamplighter.core.journalist;
