/**
 * Messages between sources and journalists: the structured message inside an envelope, the documents in its content, and the
 * bundle that carries it (docs/spec/03-message.md).
 *
 * <p>To send, start with {@link org.lamplighter.core.message.BundleComposer}; to read, with {@link
 * org.lamplighter.core.message.StructuredMessage#parse} and {@link org.lamplighter.core.message.Acceptance}. For those who hold keys:
 * never exported to the station. Text is any Unicode here; whoever shows it makes it harmless.
 */
package org.lamplighter.core.message;
