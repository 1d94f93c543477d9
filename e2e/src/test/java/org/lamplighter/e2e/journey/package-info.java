/**
 * Disclosures from end to end with the code that ships, on a clock that the test moves: days and months pass in seconds. Start
 * with {@link org.lamplighter.e2e.journey.ReturnTest}.
 */
package org.lamplighter.e2e.journey;
