/**
 * A whole Tor network on this machine, and the system through it. Run by {@code mvn -Ptor}; needs tor (Debian: {@code apt-get
 * install tor}) and takes minutes. Start with {@link org.lamplighter.e2e.tor.TorTest}.
 */
package org.lamplighter.e2e.tor;
