/**
 * The newsroom's own machine: who is a journalist, which station is the newsroom's. The root key lives in one folder, sealed
 * under a passphrase, and leaves it only as signatures; requests come in and documents go out as files that people carry.
 *
 * <p>Start with {@link org.lamplighter.cli.newsroom.NewsroomCommand}. Talks to no network.
 */
package org.lamplighter.cli.newsroom;
