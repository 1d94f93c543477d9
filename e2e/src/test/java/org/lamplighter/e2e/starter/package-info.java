/** The script that starts the applications. */
package org.lamplighter.e2e.starter;
