/** The program {@code station}: only {@link org.lamplighter.station.Main}; everything is in the packages below. */
package org.lamplighter.station;
