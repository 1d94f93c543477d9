/** How a client waits: between two tries of one request, and for the moment at which something may leave. */
@org.jspecify.annotations.NullMarked
package org.lamplighter.client.pacing;
