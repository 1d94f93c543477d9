/** Evidence on its whole way, between processes: from a source's disk through a station to a journalist's folder. */
package org.lamplighter.e2e.evidence;
