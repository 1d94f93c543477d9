/** The architecture as tests: who may depend on whom, how large things may grow, what is never called. */
package org.lamplighter.e2e.architecture;
