/**
 * What the newsroom and its journalists have signed: certificate and roster of the station, prekeys, and the keys file that is
 * made of them (docs/spec 1.2, 1.3, 1.6, 1.7). All of it is public.
 *
 * <p>Start with {@link org.lamplighter.station.keys.NewsroomDocuments}. Must not depend on the other features of this module.
 */
package org.lamplighter.station.keys;
