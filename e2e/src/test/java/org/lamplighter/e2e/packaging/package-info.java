/** The Debian package, the archive, and the page that says how to set up a site with them. */
package org.lamplighter.e2e.packaging;
